import type { NewRecord } from "../../stored-record.js";

/** A record whose partition is chosen. */
export interface Placed extends NewRecord {
  readonly partition: number;
}
