import type { TopicPartition } from "./partitions.js";
import { mustBeDone, type Request, TIMEOUT_MS } from "./request.js";
import type { Writer } from "./writer.js";

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

/** Who writes in the transactions of a transactional id. */
export interface Producer {
  readonly transactionalId: string;
  readonly id: bigint;
  readonly epoch: number;
}

/** Ends the transaction of a transactional id, and fences whoever has it. */
export function initProducerId(transactionalId: string): Request<Producer> {
  return {
    name: "InitProducerId",
    key: 22,
    version: 1,
    write: (writer) => writer.string(transactionalId).int32(TIMEOUT_MS),
    read(reader) {
      reader.int32();
      mustBeDone("InitProducerId", reader.int16());
      return { transactionalId, id: reader.bigint(), epoch: reader.int16() };
    },
  };
}

/** Has a transaction set offsets of a group. */
export function addOffsetsToTxn(producer: Producer, group: string): Request<void> {
  return {
    name: "AddOffsetsToTxn",
    key: 25,
    version: 0,
    write: (writer) => inTransaction(writer, producer).string(group),
    read(reader) {
      reader.int32();
      mustBeDone("AddOffsetsToTxn", reader.int16());
    },
  };
}

/** Sets an offset of a group in a transaction. */
export function txnOffsetCommit(
  { transactionalId, id, epoch }: Producer,
  group: string,
  { topic, partition }: TopicPartition,
  offset: number,
): Request<void> {
  return {
    name: "TxnOffsetCommit",
    key: 28,
    version: 0,
    write(writer) {
      writer.string(transactionalId).string(group).int64(id).int16(epoch);
      writer.int32(1).string(topic).int32(1).int32(partition).int64(offset).string("");
    },
    read(reader) {
      reader.int32();
      reader.array(() => {
        reader.string();
        reader.array(() => {
          reader.int32();
          mustBeDone("TxnOffsetCommit", reader.int16());
        });
      });
    },
  };
}

/** Commits a transaction. */
export function commitTransaction(producer: Producer): Request<void> {
  return {
    name: "EndTxn",
    key: 26,
    version: 0,
    write: (writer) => inTransaction(writer, producer).boolean(true),
    read(reader) {
      reader.int32();
      mustBeDone("EndTxn", reader.int16());
    },
  };
}

function inTransaction(writer: Writer, { transactionalId, id, epoch }: Producer): Writer {
  return writer.string(transactionalId).int64(id).int16(epoch);
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
