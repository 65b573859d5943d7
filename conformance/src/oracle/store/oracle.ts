import type { Value } from "../../gen/proto/eventy/v3/value_pb.js";

/** A record as it stands in a store. */
export interface PersistedRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: string | null;
  /** The bytes; null: a tombstone. */
  readonly value: Uint8Array | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** A crash mark as it stands in a store. */
export interface PersistedMark {
  readonly offset: number;
  readonly until: number;
  readonly attempt: number;
}

/**
 * Sees what is committed in the store of a case.
 *
 * It reads the store itself. A SQLite file is free only when no testee has it open, so there it kills the
 * testees of the case first; the next call starts one anew, which has to open the store again. The memory of
 * a testee cannot be read from outside: there, it asks the testee of the case.
 */
export interface Oracle {
  /** Whether what it says comes from the testee itself. */
  readonly isSelfObserved: boolean;
  /** All committed records of the first partitions of a topic, by partition and offset; none where there is no topic. */
  records(topic: string, partitions?: number): Promise<readonly PersistedRecord[]>;
  /** Offset behind the last record that a group has acknowledged, or where it begins; null: it never came there. */
  acknowledged(group: string, topic: string, partition: number): Promise<number | null>;
  /**
   * The crash mark of a group in a partition; null if there is none.
   *
   * @throws Inconclusive where it cannot be seen, which is memory.
   */
  mark(group: string, topic: string, partition: number): Promise<PersistedMark | null>;
  /** Behind the last offset of a partition. Only where offsets may hold other things than records. */
  end?(topic: string, partition: number): Promise<number | undefined>;
  /** The value of a key of a state; undefined if it has none. */
  state(place: StatePlace, key: string): Promise<Value | undefined>;
  /** Looks at several things as they are at one moment, where others may write meanwhile. */
  atOnce<T>(look: (oracle: Oracle) => Promise<T>): Promise<T>;
}

/** A piece of a partitioned state. */
export interface StatePlace {
  readonly group: string;
  readonly state: string;
  readonly topic: string;
  readonly partition: number;
}
