import type { Batch, FetchLimit } from "./batch.js";
import type { NewRecord, TopicPartition } from "./stored-record.js";

/**
 * A durable note that records are about to be handled for the first time since
 * a partition was taken over. Who finds one knows that its predecessor ended
 * while it handled them.
 */
export interface CrashMark {
  /** Offset of the first record that is being handled. */
  readonly offset: number;
  /** Offset behind the last record under suspicion. */
  readonly until: number;
  /** How many times the record at `offset` was tried alone, this time included; 0: it is tried with others. */
  readonly attempt: number;
}

/** A change of a partitioned state. */
export interface StateChange {
  /** Name of the state. */
  readonly state: string;
  readonly key: string;
  /** Null: the key is removed. */
  readonly value: Uint8Array | null;
}

/** What becomes durable together, or not at all. */
export interface Transaction {
  /** Offset after the last record that was handled. */
  readonly acknowledge: number;
  /** Default: none. */
  readonly records?: readonly NewRecord[];
  /** Default: none. */
  readonly state?: readonly StateChange[];
  /** The mark from now on. Default: none. */
  readonly mark?: CrashMark;
  /**
   * Work in the store's own transaction, such as statements on tables of the
   * user. Only of stores that say so; what it is given is theirs. It runs
   * behind the fence and has to be short.
   */
  readonly work?: (connection: unknown) => Promise<void>;
}

/**
 * A partition that this process alone handles for a group, until it releases or loses it.
 *
 * Each operation that writes passes the fence: once another process has taken
 * the partition over, nothing that is written through this claim takes effect.
 *
 * One operation that writes comes after the other. `fetch` and `state` are also called while one is on its way.
 */
export interface Claim extends TopicPartition {
  readonly group: string;
  /**
   * Aborted when the partition is to be given up, because the group has new
   * members or this one leaves, or when it is lost. Finish or drop what is being
   * handled, and release the claim.
   */
  readonly signal: AbortSignal;
  /** The mark that was there when the partition was taken over. Null: the predecessor ended in order. */
  readonly foundMark: CrashMark | null;
  /** Offset after the last record that the group has acknowledged, or where it begins. */
  readonly acknowledged: number;

  /**
   * The next records behind those fetched before. Waits until there are some,
   * or until a signal aborts: then the batch is empty.
   *
   * @throws EventyError POSITION_LOST if records that were not read yet are gone; STORE_FAILED
   */
  fetch(limit?: FetchLimit, signal?: AbortSignal): Promise<Batch>;

  /** Has the next `fetch` begin at what is acknowledged. */
  rewind(): void;

  /**
   * Makes a mark durable.
   *
   * @throws EventyError FENCED, STORE_FAILED
   */
  mark(mark: CrashMark): Promise<void>;

  /**
   * Appends records at once, and acknowledges nothing.
   *
   * @throws EventyError FENCED; OUTCOME_UNKNOWN if the connection broke before the answer came; STORE_FAILED
   */
  append(records: readonly NewRecord[]): Promise<void>;

  /**
   * Makes everything in the transaction durable, or nothing.
   *
   * Where the connection breaks before the answer came, the store finds out
   * itself what became of it.
   *
   * @throws EventyError FENCED: nothing of it is there, and the claim is lost; STORE_UNAVAILABLE, STORE_FAILED:
   * nothing of it is there, and it may be tried again; INVALID_ARGUMENT if it does not acknowledge more than before,
   * or more than was fetched; whatever `work` throws, which then is undone with the rest
   */
  commit(transaction: Transaction): Promise<void>;

  /** The committed value of a key of a partitioned state of the group in this partition; null if it has none. */
  state(state: string, key: string): Promise<Uint8Array | null>;

  /**
   * Gives the partition back; another member may take it over at once. Never throws.
   *
   * The mark goes with it if this claim has marked or committed anything; else that which was found stays.
   */
  release(): Promise<void>;
}
