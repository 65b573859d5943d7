import { EventyError } from "../record/index.js";
import { checkPosition } from "./check-position.js";
import type { Cursor } from "./cursor.js";
import type { RecordStore } from "./record-store.js";
import { partitionName, type TopicPartition } from "./stored-record.js";

/**
 * The offset at which a group begins in a partition of which it has acknowledged nothing.
 *
 * @throws EventyError POSITION_LOST if an explicit offset is not there; INVALID_ARGUMENT if there is none for the
 * partition
 */
export async function startPosition(
  store: Pick<RecordStore, "bounds" | "offsetAt">,
  partition: TopicPartition,
  start: Cursor = "BEGIN",
): Promise<number> {
  if (start instanceof Date) return store.offsetAt(partition, start);
  const bounds = await store.bounds(partition);
  if (start === "CURRENT") return bounds.end;
  if (typeof start === "string") return bounds.begin;
  const offset = start[partition.partition];
  if (offset === undefined) {
    throw new EventyError("INVALID_ARGUMENT", `The cursor has no offset for ${partitionName(partition)}.`);
  }
  checkPosition(partition, offset, bounds);
  return offset;
}
