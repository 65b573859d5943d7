import { EventyError } from "../../record/index.js";
import type { Batch, FetchLimit } from "../batch.js";
import type { RecordStore } from "../record-store.js";
import { partitionName, type TopicPartition } from "../stored-record.js";

/**
 * The batches from an offset to another one, which was the end of the partition a moment ago.
 *
 * @throws EventyError STORE_UNAVAILABLE if the partition ends before it now: a new leader shows less, for a while or
 * for good, and who asks for the end again knows; and what `read` throws
 */
export async function* batchesTo(
  reader: Pick<RecordStore, "read">,
  partition: TopicPartition,
  [from, to]: readonly [from: number, to: number],
  limit: FetchLimit,
): AsyncGenerator<Batch, void, undefined> {
  for (let offset = from; offset < to; ) {
    const batch = await reader.read(partition, offset, limit);
    if (batch.next <= offset) {
      throw new EventyError(
        "STORE_UNAVAILABLE",
        `${partitionName(partition)} ended at ${to}, and shows nothing from ${offset} on.`,
      );
    }
    yield batch;
    offset = batch.next;
  }
}
