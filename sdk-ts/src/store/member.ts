import type { Claim } from "./claim.js";
import type { Cursor } from "./cursor.js";
import type { StoredRecord, TopicPartition } from "./stored-record.js";

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

/** What joins a group. */
export interface MemberOptions {
  /** Name of the group: its members share one cursor for each partition. */
  readonly group: string;
  readonly topics: readonly string[];
  /**
   * Where the group begins in a partition of which it has acknowledged nothing yet. Default: `BEGIN`.
   *
   * A partition that it has acknowledged always goes on there: to read again, read with another group.
   */
  readonly start?: Cursor;
}

/** One process as a member of a group. */
export interface Member {
  /**
   * Claims, as this member takes partitions over. Ends when the member has left.
   *
   * @throws EventyError POSITION_LOST if what the group has acknowledged is not there any more.
   */
  claims(): AsyncIterableIterator<Claim>;

  /** Whether the group, all members together, has acknowledged everything that its topics hold now. */
  atEnd(): Promise<boolean>;

  /** Aborts the signals of all claims, waits until they are released, and leaves. */
  leave(): Promise<void>;
}

/** A partition in the words of messages: `orders-events/3`. */
export function partitionName({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`;
}
