import { Inconclusive } from "../../cases/failure.js";
import type { ControlledTestee } from "../../cases/testee.js";
import type { StoredRecord } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import type { Value } from "../../gen/proto/eventy/v3/value_pb.js";
import type { Oracle, PersistedMark, PersistedRecord, StatePlace } from "./oracle.js";

/** Sees what the testee says that it stored, where there is no way around it. */
export class SelfObserved implements Oracle {
  readonly isSelfObserved = true;
  readonly #testee: ControlledTestee;

  constructor(testee: ControlledTestee) {
    this.#testee = testee;
  }

  async records(topic: string, partitions = 1): Promise<readonly PersistedRecord[]> {
    const all: PersistedRecord[] = [];
    for (let partition = 0; partition < partitions; partition++) {
      const cursor = { cursor: { case: "begin" as const, value: {} } };
      const reply = await this.#testee.call({ case: "read", value: { topic, partition, cursor } });
      if (reply.case === "readRecords") all.push(...reply.value.records.map(persisted));
    }
    return all;
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
