import type { RecordStore } from "../../record-store.js";
import { partitionName, type TopicPartition } from "../../stored-record.js";
import { batchesTo } from "../batches-to.js";
import type { Connections } from "../client/connections.js";
import { findCursors } from "../cursors/find-cursors.js";
import type { Host } from "../host.js";
import { membersTopics } from "./members-topics.js";

/** Whether a group has acknowledged everything that the topics of its members hold. */
export async function isAtEnd(
  { cluster, reader, copies, settings }: Host,
  connections: Connections,
  group: string,
  ownTopics: readonly string[],
): Promise<boolean> {
  const others = await membersTopics(connections, group, settings.sessionTimeoutMs);
  const partitions: TopicPartition[] = [];
  for (const [topic, count] of await cluster.partitionsOf([...new Set([...ownTopics, ...others])])) {
    for (let partition = 0; partition < count; partition++) partitions.push({ topic, partition });
  }
  const cursors = await findCursors(connections, copies, group, partitions);
  const ends = await Promise.all(
    partitions.map((partition) =>
      hasNothingFrom(reader, partition, cursors.get(partitionName(partition))?.acknowledged ?? 0),
    ),
  );
  return !ends.includes(false);
}

/** The last offsets of a partition may hold no record: markers of transactions, and what was undone. */
async function hasNothingFrom(
  reader: Pick<RecordStore, "bounds" | "read">,
  partition: TopicPartition,
  offset: number,
): Promise<boolean> {
  const { begin, end } = await reader.bounds(partition);
  const batches = batchesTo(reader, partition, [Math.max(begin, offset), end], { maxRecords: 1 });
  for await (const { records } of batches) if (records.length > 0) return false;
  return true;
}
