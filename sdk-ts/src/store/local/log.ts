import type { Batch, FetchLimit } from "../batch.js";
import type { CrashMark, Transaction } from "../claim.js";
import type { Bounds } from "../record-store.js";
import type { NewRecord, Position, TopicPartition } from "../stored-record.js";

/** A record whose partition was chosen. */
export type PlacedRecord = NewRecord & TopicPartition;

/** A transaction whose records have their partitions. */
export type PlacedTransaction = Omit<Transaction, "records"> & { readonly records: readonly PlacedRecord[] };

/** The right to move a group on in a partition. It is void as soon as there is one of a later epoch. */
export interface Lease extends TopicPartition {
  readonly group: string;
  readonly epoch: number;
}

/** What is found when a partition is taken over. */
export interface Taken extends Lease {
  readonly acknowledged: number;
  readonly mark: CrashMark | null;
}

/**
 * The durable part of a store that one process has for itself: topics, cursors and state.
 *
 * Each operation is atomic. Those that are given a lease throw FENCED if it is void.
 */
export interface Log {
  createTopic(topic: string, partitions: number): Promise<void>;
  partitionsOf(topic: string): number;
  append(records: readonly PlacedRecord[], lease?: Lease): Promise<readonly Position[]>;
  read(partition: TopicPartition, offset: number, limit: Required<FetchLimit>): Promise<Batch>;
  bounds(partition: TopicPartition): Promise<Bounds>;
  offsetAt(partition: TopicPartition, date: Date): Promise<number>;
  acknowledged(group: string, partition: TopicPartition): Promise<number | null>;
  /** Begins a new epoch. Where the group has no cursor yet, it has one at `start` from now on. */
  take(group: string, partition: TopicPartition, member: string, start: number): Promise<Taken>;
  mark(lease: Lease, mark: CrashMark): Promise<void>;
  commit(lease: Lease, transaction: PlacedTransaction): Promise<void>;
  state(lease: Lease, state: string, key: string): Promise<Uint8Array | null>;
  /** Gives a lease back, and removes its mark if `inOrder`. */
  release(lease: Lease, inOrder: boolean): Promise<void>;
  deleteBefore(partition: TopicPartition, offset: number): Promise<void>;
  close(): Promise<void>;
}
