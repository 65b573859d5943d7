import { partitionName, type TopicPartition } from "../../stored-record.js";
import type { Connections } from "../client/connections.js";
import { readTwice } from "../read-twice.js";
import { fetchOffsets } from "./fetch-offsets.js";
import { markIn } from "./mark-text.js";
import type { StoredCursor } from "./stored-cursor.js";

/**
 * The offsets that a group has, by name of the partition. Where it has none, there is nothing.
 *
 * @param requireStable whether transactions that are open and set one of them are waited for
 */
export async function groupOffsets(
  connections: Connections,
  group: string,
  partitions: readonly TopicPartition[],
  requireStable: boolean,
): Promise<Map<string, StoredCursor>> {
  const request = { group, partitions, requireStable };
  const { kafkaJs } = connections.cluster;
  const offsets = await readTwice(() =>
    connections.toCoordinator("group", group, (broker) => fetchOffsets(broker, kafkaJs, request)),
  );
  const cursors = new Map<string, StoredCursor>();
  for (const { topic, partition, offset, metadata } of offsets) {
    if (offset >= 0)
      cursors.set(partitionName({ topic, partition }), { acknowledged: offset, mark: markIn(metadata) });
  }
  return cursors;
}
