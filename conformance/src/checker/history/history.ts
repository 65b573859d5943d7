import type { Event, Handler, Policy } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import type { NeutralRecord } from "../../oracle/index.js";

/** A place in a topic. */
export interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** What stands in a topic, as the oracle read it. */
export interface KeptRecord extends Place {
  readonly key: string | undefined;
  /** Undefined: a tombstone. */
  readonly value: Uint8Array | undefined;
  readonly headers: ReadonlyMap<string, string>;
  /** Undefined: the bytes are no record. */
  readonly record: NeutralRecord | undefined;
}

/** How far a group has acknowledged a partition: the offset after the last record. */
export interface KeptCursor {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly acknowledged: number;
  /** Behind the last offset of the partition, where offsets may hold other things than records. */
  readonly end?: number;
}

/** A number that a state holds. */
export interface KeptNumber {
  readonly group: string;
  readonly state: string;
  readonly topic: string;
  readonly partition: number;
  readonly key: string;
  readonly value: bigint;
}

/** Everything that was committed when the oracle looked. */
export interface Snapshot {
  readonly records: readonly KeptRecord[];
  readonly cursors: readonly KeptCursor[];
  /** Undefined: the oracle could not read states. */
  readonly states: readonly KeptNumber[] | undefined;
}

/** A look at the store. */
export interface Look {
  /** Those that had run before, as they were at the end. */
  readonly handlers: readonly Handler[];
  readonly snapshot: Snapshot;
  /** What had happened before, for people: `process 1 was killed at gate "g"`. */
  readonly after: string;
  /** Of each run, how many events had been heard before the look began. */
  readonly before: readonly number[];
  /** Of each run, how many were heard of what happened before the look ended; there may be more of them. */
  readonly heard: readonly number[];
  /** Whether a process had been killed since the look before: what it had in hand is unknown. */
  readonly killed: boolean;
  /** Whether everything that there was to handle must have been handled. */
  readonly settled: boolean;
}

/** What a run says, in the words of the protocol. */
export type JournalEvent = Extract<Event["event"], { case: string }>;

/** What is known of one test: who was to do what, what was heard, and what was committed. */
export interface History {
  /** URN of the service that ran. */
  readonly service: string;
  /** What was to be done with bytes that are no record. */
  readonly undecodable: Policy;
  /** At most so many records were handled at once. */
  readonly maxBatch: number;
  /** The journal of each run, in the order of their starts. */
  readonly runs: readonly (readonly JournalEvent[])[];
  /** The looks, in their order. */
  readonly looks: readonly Look[];
  /** Numbers of records that are left out of account, with all that was heard of them and all that came of them. */
  readonly hidden?: ReadonlySet<string>;
}
