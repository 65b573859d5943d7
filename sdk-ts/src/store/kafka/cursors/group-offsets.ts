import { partitionName, type TopicPartition } from "../../stored-record.js";
import type { Connections } from "../client/connections.js";
import { groupBy } from "../group-by.js";
import { readTwice } from "../read-twice.js";
import { markIn } from "./mark-text.js";
import type { StoredCursor } from "./stored-cursor.js";

/** The offsets that a group has, by name of the partition. Where it has none, there is nothing. */
export async function groupOffsets(
  connections: Connections,
  groupId: string,
  partitions: readonly TopicPartition[],
): Promise<Map<string, StoredCursor>> {
  const topics = Array.from(
    groupBy(partitions, ({ topic }) => topic),
    ([topic, ofTopic]) => ({ topic, partitions: ofTopic.map(({ partition }) => ({ partition })) }),
  );
  const { responses } = await readTwice(() =>
    connections.toCoordinator("group", groupId, (broker) => broker.offsetFetch({ groupId, topics })),
  );
  const cursors = new Map<string, StoredCursor>();
  for (const { topic, partitions: answers } of responses) {
    for (const { partition, offset, metadata } of answers) {
      const acknowledged = Number(offset);
      if (acknowledged < 0) continue;
      cursors.set(partitionName({ topic, partition }), { acknowledged, mark: markIn(metadata) });
    }
  }
  return cursors;
}
