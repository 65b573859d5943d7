import type { Leases } from "./leases.js";
import type { Pool } from "./pool.js";
import type { Reader } from "./reader.js";
import type { Settings } from "./settings.js";
import type { Signals } from "./signals.js";
import type { Run, Topics } from "./topics.js";

/** The parts of a store, for its members and claims. */
export interface Host {
  readonly settings: Settings;
  readonly pool: Pool;
  readonly run: Run;
  readonly topics: Topics;
  readonly reader: Reader;
  readonly signals: Signals;
  readonly leases: Leases;
  /** Aborted when the store is closed. */
  readonly closed: AbortSignal;
}
