import type { TopicPartition } from "../../stored-record.js";
import { batchesOf, type LogBatch } from "./decode-batch.js";
import type { AbortedTransaction, Fetched } from "./fetch.js";

/** A batch of an answer, and whether it holds records that anyone may see. */
export interface FetchedBatch {
  readonly batch: LogBatch;
  readonly isCommitted: boolean;
}

/**
 * Tells batches of records from those of aborted transactions, and from markers of transactions.
 *
 * @throws EventyError STORE_FAILED if a batch was damaged; those before it were given out
 */
export function* committed(
  { log, aborted }: Fetched,
  partition: TopicPartition,
): Generator<FetchedBatch, void, undefined> {
  const coming = aborted.toSorted((a, b) => b.firstOffset - a.firstOffset);
  /** Producers whose records are passed over until their next marker. */
  const producers = new Set<number>();
  for (const batch of batchesOf(log, partition)) {
    begin(coming, batch, producers);
    if (batch.isControl) {
      // Whatever it holds: a producer has one transaction at a time, and compaction may have emptied the marker.
      producers.delete(batch.producerId);
      yield { batch, isCommitted: false };
    } else {
      yield { batch, isCommitted: !(batch.isTransactional && producers.has(batch.producerId)) };
    }
  }
}

/** The aborted transactions that begin before the end of a batch. */
function begin(coming: AbortedTransaction[], { next }: LogBatch, producers: Set<number>): void {
  for (let last = coming.at(-1); last !== undefined && last.firstOffset < next; last = coming.at(-1)) {
    coming.pop();
    producers.add(last.producerId);
  }
}
