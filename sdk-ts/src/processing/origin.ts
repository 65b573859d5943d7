import type { Headers, Position } from "../store/index.js";

/** Where a record that is handled comes from. */
export interface Origin {
  readonly position: Position;
  /** Name of the group that handles it, or could not. */
  readonly group: string;
  /** Its headers, without what a dead letter adds. */
  readonly headers: Headers;
}
