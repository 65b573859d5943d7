import type { Batch, FetchLimit } from "./batch.js";
import type { StoredRecord } from "./stored-record.js";

/** The batch that begins at an offset: the first of these records, as far as the limit lets. */
export function batchOf(records: Iterable<StoredRecord>, offset: number, limit: Required<FetchLimit>): Batch {
  const taken: StoredRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    bytes += record.value?.length ?? 0;
    if (taken.length > 0 && bytes > limit.maxBytes) break;
    taken.push(record);
    if (taken.length === limit.maxRecords) break;
  }
  return { records: taken, next: (taken.at(-1)?.offset ?? offset - 1) + 1 };
}
