import { mustBeDone, type Request, TIMEOUT_MS } from "./request.js";

/** A transaction that a broker coordinates. */
export interface TransactionState {
  readonly id: string;
  readonly state: string;
}

/** Asks for the transactions in given states that the broker coordinates. */
export function listTransactions(states: readonly string[]): Request<readonly TransactionState[]> {
  return {
    name: "ListTransactions",
    key: 66,
    version: 0,
    isFlexible: true,
    write(writer) {
      writer.compactArray(states, (state) => writer.compactString(state));
      writer.compactArray([], () => {});
      writer.noTags();
    },
    read(reader) {
      reader.int32();
      mustBeDone("ListTransactions", reader.int16());
      reader.compactArray(() => reader.compactString());
      return reader.compactArray(() => {
        const id = reader.compactString() ?? "";
        reader.int64();
        const state = reader.compactString() ?? "";
        reader.tags();
        return { id, state };
      });
    },
  };
}

/** Ends the transaction of a transactional id, and fences whoever has it. */
export function initProducerId(transactionalId: string): Request<void> {
  return {
    name: "InitProducerId",
    key: 22,
    version: 1,
    write: (writer) => writer.string(transactionalId).int32(TIMEOUT_MS),
    read(reader) {
      reader.int32();
      mustBeDone("InitProducerId", reader.int16());
    },
  };
}

/** Asks for the epoch of the producer that has a transactional id. */
export function epochOf(transactionalId: string): Request<number> {
  return {
    name: "DescribeTransactions",
    key: 65,
    version: 0,
    isFlexible: true,
    write: (writer) => writer.compactArray([transactionalId], (id) => writer.compactString(id)).noTags(),
    read(reader) {
      reader.int32();
      const [epoch = -1] = reader.compactArray(() => {
        mustBeDone("DescribeTransactions", reader.int16());
        for (let texts = 0; texts < 2; texts++) reader.compactString();
        reader.int32();
        for (let numbers = 0; numbers < 2; numbers++) reader.int64();
        const found = reader.int16();
        reader.compactArray(() => {
          reader.compactString();
          reader.compactArray(() => reader.int32());
          reader.tags();
        });
        reader.tags();
        return found;
      });
      return epoch;
    },
  };
}
