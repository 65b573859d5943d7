import type { RecordStore } from "../record-store.js";
import type { Cluster } from "./client/cluster.js";
import type { CursorCopies } from "./cursors/cursor-copies.js";
import type { Settings } from "./settings.js";
import type { Topics } from "./topics.js";

/** The parts of a store, for its members and claims. */
export interface Host {
  readonly settings: Settings;
  readonly cluster: Cluster;
  readonly topics: Topics;
  /** Reads outside of claims. */
  readonly reader: Pick<RecordStore, "bounds" | "offsetAt" | "read">;
  readonly copies: CursorCopies;
}
