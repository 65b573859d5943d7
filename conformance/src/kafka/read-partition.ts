import { type Batch, type BatchRecord, batchesOf } from "./batches.js";
import type { KafkaCluster } from "./cluster.js";
import { type Bound, fetch, listOffsets, type TopicPartition } from "./partitions.js";

const COMMIT = 1;

/** Bounds of partitions by `topic/partition`, without those that are not there. */
export async function boundsOf(
  cluster: KafkaCluster,
  bound: Bound,
  partitions: readonly TopicPartition[],
): Promise<ReadonlyMap<string, number>> {
  const bounds = await cluster.leaders(partitions, (led) => listOffsets(bound, led));
  return new Map(bounds.flatMap((map) => [...map]));
}

/** All batches of a partition, committed or not, markers included; none where there is no such partition. */
export async function readBatches(
  cluster: KafkaCluster,
  partition: TopicPartition,
): Promise<readonly Batch[]> {
  const bounds = await boundsOf(cluster, "begin", [partition]);
  const begin = bounds.get(`${partition.topic}/${partition.partition}`);
  return begin === undefined ? [] : readFrom(cluster, partition, begin);
}

/** The committed records of a partition; none where there is no such partition. */
export async function readCommitted(
  cluster: KafkaCluster,
  partition: TopicPartition,
): Promise<readonly BatchRecord[]> {
  return committedOf(await readBatches(cluster, partition));
}

/** The committed records of partitions, partition by partition. */
export async function readAllCommitted(
  cluster: KafkaCluster,
  partitions: readonly TopicPartition[],
): Promise<readonly (readonly BatchRecord[])[]> {
  const [begins, ends] = await Promise.all(
    (["begin", "end"] as const).map((bound) => boundsOf(cluster, bound, partitions)),
  );
  return Promise.all(
    partitions.map(async (partition) => {
      const name = `${partition.topic}/${partition.partition}`;
      const begin = begins?.get(name);
      if (begin === undefined || begin === ends?.get(name)) return [];
      return committedOf(await readFrom(cluster, partition, begin));
    }),
  );
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

async function readFrom(
  cluster: KafkaCluster,
  partition: TopicPartition,
  offset: number,
): Promise<readonly Batch[]> {
  const batches: Batch[] = [];
  for (let next = offset; ; ) {
    const fetched = await cluster.leader(partition, fetch(partition, next));
    const more = [...batchesOf(fetched?.bytes ?? Buffer.alloc(0))];
    // A broker sends whole batches, though they begin before the offset.
    for (const batch of more) {
      batches.push({ ...batch, records: batch.records.filter((record) => record.offset >= offset) });
    }
    next = more.at(-1)?.next ?? next;
    if (fetched === undefined || next >= fetched.end) return batches;
  }
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
