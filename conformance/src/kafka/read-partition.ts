import { type Batch, type BatchRecord, batchesOf } from "./batches.js";
import type { KafkaCluster } from "./cluster.js";
import { fetch, listOffsets, type TopicPartition } from "./reads.js";

const COMMIT = 1;

/** All batches of a partition, committed or not, markers included; none where there is no such partition. */
export async function readBatches(
  cluster: KafkaCluster,
  partition: TopicPartition,
): Promise<readonly Batch[]> {
  const bounds = await cluster.leader(partition, listOffsets("begin", [partition]));
  const batches: Batch[] = [];
  let next = bounds?.get(`${partition.topic}/${partition.partition}`);
  while (next !== undefined) {
    const fetched = await cluster.leader(partition, fetch(partition, next));
    const more = [...batchesOf(fetched?.bytes ?? Buffer.alloc(0))];
    batches.push(...more);
    next = more.at(-1)?.next ?? next;
    if (fetched === undefined || next >= fetched.end) break;
  }
  return batches;
}

/**
 * The records that are committed, in the order of their offsets.
 *
 * Those of a transaction are if its end says so, which stands behind them. So this sees what is committed behind a
 * transaction that is still open too, and believes nobody who says what was aborted.
 */
function committedOf(batches: readonly Batch[]): readonly BatchRecord[] {
  const committed: BatchRecord[] = [];
  const open = new Map<bigint, BatchRecord[]>();
  for (const { isTransactional, isControl, producerId, records } of batches) {
    if (isControl) {
      const isCommit = records[0]?.key?.readInt16BE(2) === COMMIT;
      if (isCommit) committed.push(...(open.get(producerId) ?? []));
      open.delete(producerId);
    } else if (isTransactional) {
      open.set(producerId, [...(open.get(producerId) ?? []), ...records]);
    } else {
      committed.push(...records);
    }
  }
  return committed.toSorted((one, other) => one.offset - other.offset);
}

/** Whether a transaction has appended to a partition, and is not at its end there. */
export function hasOpen(batches: readonly Batch[]): boolean {
  const open = new Set<bigint>();
  for (const { isTransactional, isControl, producerId } of batches) {
    if (isControl) open.delete(producerId);
    else if (isTransactional) open.add(producerId);
  }
  return open.size > 0;
}

/** The committed records of a partition; none where there is no such partition. */
export async function readCommitted(
  cluster: KafkaCluster,
  partition: TopicPartition,
): Promise<readonly BatchRecord[]> {
  return committedOf(await readBatches(cluster, partition));
}
