import type { CrashMark } from "../../claim.js";

/** How far a group is in a partition, as it is stored. */
export interface StoredCursor {
  /** Offset after the last record that it has acknowledged. */
  readonly acknowledged: number;
  readonly mark: CrashMark | null;
}
