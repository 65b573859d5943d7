import { jsonCodec } from "../../src/codec/json/index.js";
import type { EventyRecord } from "../../src/record/index.js";
import type { RecordStore, StoredRecord } from "../../src/store/index.js";
import { recordsAt } from "../store/records.js";

/** All records of a topic, as bytes, by partition and offset. */
export async function storedIn(store: RecordStore, topic: string): Promise<StoredRecord[]> {
  const found: StoredRecord[] = [];
  const partitions = await store.partitionsOf(topic);
  for (let partition = 0; partition < partitions; partition++) {
    found.push(...(await recordsAt(store, { topic, partition })));
  }
  return found;
}

/** All records of a topic. */
export async function recordsIn(store: RecordStore, topic: string): Promise<EventyRecord[]> {
  const codec = jsonCodec();
  const stored = await storedIn(store, topic);
  return stored.map(({ value }) => codec.decode(value ?? new Uint8Array()));
}

/** The data of all records of a topic. */
export async function dataIn(store: RecordStore, topic: string): Promise<unknown[]> {
  return (await recordsIn(store, topic)).map(({ data }) => data);
}
