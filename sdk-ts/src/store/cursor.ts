/**
 * Where to begin to read.
 *
 * - `BEGIN`: the oldest record that is still there.
 * - `ACKNOWLEDGED`: behind the last record that the group acknowledged; where it acknowledged none, as `BEGIN`.
 * - `CURRENT`: behind the newest record.
 * - a Date: the first record that was appended at that time or later; the date in the record plays no part.
 * - offsets, one for each partition: exactly there.
 */
export type Cursor = "BEGIN" | "ACKNOWLEDGED" | "CURRENT" | Date | readonly number[];
