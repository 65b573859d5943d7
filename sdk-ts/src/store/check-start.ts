import { EventyError } from "../record/index.js";
import type { Cursor } from "./cursor.js";

/**
 * Offsets to begin at are one for each partition.
 *
 * @throws EventyError INVALID_ARGUMENT
 */
export function checkStart(topic: string, partitions: number, start: Cursor | undefined): void {
  if (!Array.isArray(start) || start.length === partitions) return;
  throw new EventyError(
    "INVALID_ARGUMENT",
    `The cursor has ${start.length} offsets, and ${topic} ${partitions} partitions.`,
  );
}
