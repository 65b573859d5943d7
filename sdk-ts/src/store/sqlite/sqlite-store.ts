import type { Clock } from "../clock.js";
import { LocalStore } from "../local/local-store.js";
import type { Partitioner } from "../partitioner.js";
import { SqliteLog } from "./sqlite-log.js";

/** How a {@link SqliteStore} works. */
export interface SqliteStoreOptions {
  /** Default: murmur2, as the protocol says. */
  readonly partitioner?: Partitioner;
  /** Dates the records. Default: `Date.now`. */
  readonly clock?: Clock;
  /**
   * How long the work of a transaction may take, in milliseconds: all else in the store waits meanwhile. Default: 5000.
   */
  readonly workTimeoutMs?: number;
}

/**
 * A store in a SQLite file, for one process at a time: the embedded default.
 *
 * The file holds the tables of the SQL binding, and may hold tables of the user; the work of a transaction is given a
 * {@link SqliteConnection} to it. What resolved is on the disk (WAL, synchronous=FULL). While the file is open, no
 * other process can read it.
 *
 * Needs the package `libsql`.
 */
export class SqliteStore extends LocalStore {
  /**
   * Opens the file, or creates it.
   *
   * @throws EventyError STORE_IN_USE if it is open already; STORE_FAILED if it cannot be written, is damaged, or has
   * tables of a newer version
   */
  constructor(file: string, options: SqliteStoreOptions = {}) {
    const { partitioner, clock = Date.now, workTimeoutMs = 5000 } = options;
    super(new SqliteLog(file, clock, workTimeoutMs), partitioner);
  }
}
