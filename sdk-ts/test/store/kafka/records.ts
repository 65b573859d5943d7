import type { Claim, RecordStore } from "../../../src/store/index.js";

/** Records with these values, for a partition. */
export function recordsOf(topic: string, partition: number, texts: readonly string[]) {
  return texts.map((text) => ({ topic, partition, key: null, value: Buffer.from(text) }));
}

/** The texts of all records of a partition. */
export async function textsIn(store: RecordStore, topic: string, partition = 0): Promise<string[]> {
  const texts: string[] = [];
  const { begin, end } = await store.bounds({ topic, partition });
  for (let offset = begin; offset < end; ) {
    const { records, next } = await store.read({ topic, partition }, offset);
    for (const { value } of records) texts.push(Buffer.from(value ?? []).toString());
    offset = next;
  }
  return texts;
}

/** Handles the next records of a claim: each goes to the same partition of `out`, in the transaction. */
export async function copyNext(claim: Claim, out: string, maxRecords = 500): Promise<number> {
  const batch = await claim.fetch({ maxRecords });
  if (batch.records.length === 0) return 0;
  const records = batch.records.map(({ value }) => ({
    topic: out,
    partition: claim.partition,
    key: null,
    value,
  }));
  await claim.commit({ acknowledge: batch.next, records });
  return batch.records.length;
}

export function count(to: number, prefix = ""): string[] {
  return Array.from({ length: to }, (_, index) => `${prefix}${index}`);
}
