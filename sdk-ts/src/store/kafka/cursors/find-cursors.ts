import { partitionName, type TopicPartition } from "../../stored-record.js";
import type { Connections } from "../client/connections.js";
import type { CursorCopies } from "./cursor-copies.js";
import { groupOffsets } from "./group-offsets.js";
import type { StoredCursor } from "./stored-cursor.js";

/**
 * The cursors of a group: its offsets, and where it has none, the copies.
 *
 * @param requireStable whether transactions that are open and move one of them are waited for
 * @returns by name of the partition; where the group never was, there is nothing
 */
export async function findCursors(
  connections: Connections,
  copies: CursorCopies,
  group: string,
  partitions: readonly TopicPartition[],
  requireStable = false,
): Promise<ReadonlyMap<string, StoredCursor>> {
  const cursors = await groupOffsets(connections, group, partitions, requireStable);
  await Promise.all(
    partitions.map(async (partition) => {
      const name = partitionName(partition);
      const copy = cursors.has(name) ? undefined : await copies.find(group, partition);
      if (copy !== undefined) cursors.set(name, copy);
    }),
  );
  return cursors;
}
