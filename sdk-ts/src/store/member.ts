import type { Claim } from "./claim.js";
import type { Cursor } from "./cursor.js";

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
