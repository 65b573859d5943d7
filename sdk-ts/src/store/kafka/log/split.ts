import type { NewRecord } from "../../stored-record.js";
import { sizeOfRecord } from "./encode-batch.js";

/** Well below what a broker takes by default, which is a little more than 1 MiB; a larger record is alone. */
const MOST_BYTES = 512 * 1024;
const MOST_RECORDS = 0xffff;

/**
 * Cuts records into batches.
 *
 * @throws EventyError INVALID_ARGUMENT if one has a text that UTF-8 does not carry
 */
export function split<T extends NewRecord>(records: readonly T[]): readonly (readonly T[])[] {
  const batches: T[][] = [];
  let batch: T[] = [];
  let bytes = 0;
  for (const record of records) {
    const size = sizeOfRecord(record);
    if (batch.length === MOST_RECORDS || (batch.length > 0 && bytes + size > MOST_BYTES)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(record);
    bytes += size;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
