import type { Claim, RecordStore, TopicPartition } from "../../store/index.js";

/** How the checks see that work in a transaction happened, or did not. */
export interface WorkUnderTest {
  /** Changes something in the store's own transaction, such as a row with that name in a table of the user. */
  change(connection: unknown, name: string): Promise<void>;
  /** Whether a change with that name is there. It is asked in a later transaction. */
  isThere(connection: unknown, name: string): Promise<boolean>;
}

/**
 * A store that is to be checked.
 *
 * The checks make topics and groups with names that are new each time, so that all of them may run over the same data.
 */
export interface StoreUnderTest {
  /** Opens the store. Each check opens it at least once, and closes what it opened. */
  open(): Promise<RecordStore>;
  /** Whether what was committed is there when the store was closed and is opened again. Default: true. */
  readonly durable?: boolean;
  /** Whether it may be open several times at once, as in several processes. Default: false. */
  readonly shared?: boolean;
  /** Whether offsets count from 0 without a gap. Default: true. */
  readonly gapless?: boolean;
  /** Removes the records before an offset, as retention does. Default: not checked. */
  deleteBefore?(store: RecordStore, partition: TopicPartition, offset: number): Promise<void>;
  /**
   * Has the partition of a claim taken over as if its holder had been stopped: the claim is not told.
   * Default: not checked.
   */
  expel?(store: RecordStore, claim: Claim): Promise<void>;
  /** Default: not checked. */
  readonly work?: WorkUnderTest;
}

/** A check of a store: for any test framework, as `test(check.name, check.run)`. */
export interface StoreCheck {
  readonly name: string;
  /** @throws AssertionError if the store does not do what it should */
  readonly run: () => Promise<void>;
}
