import type { StoredRecord } from "./stored-record.js";

/** How much is read at once. */
export interface FetchLimit {
  /** Default: 500. At least one record is returned if there is one. */
  readonly maxRecords?: number;
  /** Bytes of all values together. Default: 4 MiB. A single larger record is returned alone. */
  readonly maxBytes?: number;
}

/** Records of one partition, in order. */
export interface Batch {
  readonly records: readonly StoredRecord[];
  /**
   * Offset to go on from. It may be larger than that of the last record plus
   * one: some stores have offsets that hold no record.
   */
  readonly next: number;
}
