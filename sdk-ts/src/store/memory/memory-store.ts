import type { Clock } from "../clock.js";
import { LocalStore } from "../local/local-store.js";
import type { Partitioner } from "../partitioner.js";
import { MemoryLog } from "./memory-log.js";

/** How a {@link MemoryStore} works. */
export interface MemoryStoreOptions {
  /** Default: murmur2, as the protocol says. */
  readonly partitioner?: Partitioner;
  /** Dates the records. Default: `Date.now`. */
  readonly clock?: Clock;
}

/** A store in the memory of the process, for tests. What it holds is gone with the process. */
export class MemoryStore extends LocalStore {
  constructor({ partitioner, clock = Date.now }: MemoryStoreOptions = {}) {
    super(new MemoryLog(clock), partitioner);
  }
}
