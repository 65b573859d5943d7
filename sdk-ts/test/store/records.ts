import type { Claim, RecordStore, StoredRecord, TopicPartition, Transaction } from "../../src/store/index.js";

/** Records with these values, for a partition. */
export function recordsOf(topic: string, partition: number, texts: readonly string[]) {
  return texts.map((text) => ({ topic, partition, key: null, value: Buffer.from(text) }));
}

/** All records of a partition. */
export async function recordsAt(store: RecordStore, partition: TopicPartition): Promise<StoredRecord[]> {
  const found: StoredRecord[] = [];
  const { begin, end } = await store.bounds(partition);
  for (let offset = begin; offset < end; ) {
    const { records, next } = await store.read(partition, offset);
    found.push(...records);
    offset = next;
  }
  return found;
}

/** The texts of all records of a partition. */
export async function textsIn(store: RecordStore, topic: string, partition = 0): Promise<string[]> {
  return textsOf(await recordsAt(store, { topic, partition }));
}

/** The same of a store that leaves no gaps; fails if the offsets are not 0, 1, 2 … up to the end. */
export async function gaplessTextsIn(store: RecordStore, topic: string, partition = 0): Promise<string[]> {
  const { end } = await store.bounds({ topic, partition });
  const records = await recordsAt(store, { topic, partition });
  for (const [index, { offset }] of records.entries()) {
    if (offset !== index) throw new Error(`offset ${offset} where ${index} should be`);
  }
  if (records.length < end) throw new Error(`${records.length} records where ${end} should be`);
  return textsOf(records);
}

/** Handles the next records of a claim: each goes to the same partition of `out`, in the transaction. */
export async function copyNext(
  claim: Claim,
  out: string,
  maxRecords = 500,
  work?: Transaction["work"],
): Promise<number> {
  const batch = await claim.fetch({ maxRecords });
  if (batch.records.length === 0) return 0;
  const records = batch.records.map(({ value }) => ({
    topic: out,
    partition: claim.partition,
    key: null,
    value,
  }));
  await claim.commit({ acknowledge: batch.next, records, ...(work && { work }) });
  return batch.records.length;
}

export function count(to: number, prefix = ""): string[] {
  return Array.from({ length: to }, (_, index) => `${prefix}${index}`);
}

function textsOf(records: readonly StoredRecord[]): string[] {
  return records.map(({ value }) => Buffer.from(value ?? []).toString());
}
