import type { MessageInitShape } from "@bufbuild/protobuf";
import { Inconclusive } from "../../cases/failure.js";
import type { ControlledTestee } from "../../cases/testee.js";
import type { CursorSchema, StoredRecord } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import type { Value } from "../../gen/proto/eventy/v3/value_pb.js";
import type { Oracle, PersistedMark, PersistedRecord, StatePlace } from "./oracle.js";

/** How many records are asked for at once. */
const PAGE = 1000;

/** Sees what the testee says that it stored, where there is no way around it. */
export class SelfObserved implements Oracle {
  readonly isSelfObserved = true;
  readonly #testee: ControlledTestee;

  constructor(testee: ControlledTestee) {
    this.#testee = testee;
  }

  /** Whoever asks at a bad moment sees what is under way: the testee answers one question at a time. */
  atOnce<T>(look: (oracle: Oracle) => Promise<T>): Promise<T> {
    return look(this);
  }

  async records(topic: string, partitions = 1): Promise<readonly PersistedRecord[]> {
    const all: PersistedRecord[] = [];
    for (let partition = 0; partition < partitions; partition++) {
      for await (const page of this.#pages(topic, partition)) all.push(...page);
    }
    return all;
  }

  /** The records of a partition, a page at a time: a topic may hold more than a line. */
  async *#pages(topic: string, partition: number): AsyncGenerator<readonly PersistedRecord[]> {
    let cursor: MessageInitShape<typeof CursorSchema>["cursor"] = { case: "begin", value: {} };
    for (let last = -1; ; ) {
      const value = { topic, partition, cursor: { cursor }, limit: PAGE };
      const reply = await this.#testee.call({ case: "read", value });
      const page = reply.case === "readRecords" ? reply.value.records.map(persisted) : [];
      const next = page.at(-1)?.offset ?? last;
      yield page;
      // A testee that goes round in circles is not followed.
      if (page.length < PAGE || next <= last) return;
      last = next;
      cursor = { case: "offset", value: BigInt(next + 1) };
    }
  }

  async acknowledged(group: string, topic: string, partition: number): Promise<number | null> {
    const reply = await this.#testee.call({ case: "acknowledged", value: { group, topic, partition } });
    const offset = reply.case === "acknowledgedOffset" ? reply.value.offset : undefined;
    return offset === undefined ? null : Number(offset);
  }

  async mark(): Promise<PersistedMark | null> {
    throw new Inconclusive("nobody but the testee sees the crash marks in its memory");
  }

  async state({ group, state, topic, partition }: StatePlace, key: string): Promise<Value | undefined> {
    const place = { group, state, topic, partition, key };
    const reply = await this.#testee.call({ case: "stateGet", value: place });
    return reply.case === "stateValue" ? reply.value.value : undefined;
  }
}

function persisted({ topic, partition = 0, offset, key, value, headers }: StoredRecord): PersistedRecord {
  return { topic, partition, offset: Number(offset ?? -1), key: key ?? null, value: value ?? null, headers };
}
