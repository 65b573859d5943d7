import type { Claim, RecordStore } from "../../../src/store/index.js";

/** Records with these values, for a partition. */
export function recordsOf(topic: string, partition: number, texts: readonly string[]) {
  return texts.map((text) => ({ topic, partition, key: null, value: Buffer.from(text) }));
}

/** The texts of all records of a partition; fails if their offsets are not 0, 1, 2 … */
export async function textsIn(store: RecordStore, topic: string, partition = 0): Promise<string[]> {
  const texts: string[] = [];
  const { end } = await store.bounds({ topic, partition });
  while (texts.length < end) {
    const { records } = await store.read({ topic, partition }, texts.length);
    for (const { offset, value } of records) {
      if (offset !== texts.length) throw new Error(`offset ${offset} where ${texts.length} should be`);
      texts.push(Buffer.from(value ?? []).toString());
    }
  }
  return texts;
}

/** Handles the next records of a claim: each goes to the same partition of `out`, in the transaction. */
export async function copyNext(
  claim: Claim,
  out: string,
  maxRecords = 500,
  work?: (connection: unknown) => Promise<void>,
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
