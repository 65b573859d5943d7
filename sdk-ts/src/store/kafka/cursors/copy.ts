import { EventyError } from "../../../record/index.js";
import type { NewRecord, StoredRecord, TopicPartition } from "../../stored-record.js";
import { markOf, plain } from "./mark-text.js";
import type { StoredCursor } from "./stored-cursor.js";

/** Has a copy of each cursor, for a cluster forgets the offsets of a group that nobody was a member of for a while. */
export const COPIES = "eventy-cursors";

/** The key of a copy. */
export function copyKey(group: string, { topic, partition }: TopicPartition): string {
  return `${encodeURIComponent(group)}:${topic}:${partition}`;
}

export function copyOf(
  group: string,
  partition: TopicPartition,
  { acknowledged, mark }: StoredCursor,
): NewRecord {
  const value = { acknowledged, ...(mark && { mark: plain(mark) }) };
  return { topic: COPIES, key: copyKey(group, partition), value: Buffer.from(JSON.stringify(value)) };
}

/** The cursor in a copy. @throws EventyError STORE_FAILED if it is no copy */
export function cursorIn({ key, value, partition, offset }: StoredRecord): StoredCursor {
  try {
    const copy: { acknowledged: number } = JSON.parse(Buffer.from(value ?? []).toString());
    if (Number.isSafeInteger(copy.acknowledged)) {
      return { acknowledged: copy.acknowledged, mark: markOf(copy) };
    }
  } catch {
    // It is said below.
  }
  throw new EventyError(
    "STORE_FAILED",
    `${COPIES}/${partition} has no cursor for ${key} at offset ${offset}.`,
  );
}
