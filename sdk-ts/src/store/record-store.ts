import type { Batch, FetchLimit } from "./batch.js";
import type { Member, MemberOptions } from "./member.js";
import type { NewRecord, Position, TopicPartition } from "./stored-record.js";

/** Offsets between which a partition has records. */
export interface Bounds {
  /** Offset of the oldest record that is still there. */
  readonly begin: number;
  /** Offset that comes after the newest committed record. */
  readonly end: number;
}

/**
 * Keeps topics, and how far groups have read them.
 *
 * A store is transactional: what a {@link Claim} commits together is there
 * together or not at all. Everything that is read is committed. Nothing here
 * knows of handlers, codecs or services: values are bytes.
 *
 * Implement it for a store of your own and try it with the contract kit of
 * `@eventy/sdk/testing`.
 */
export interface RecordStore {
  /**
   * Creates a topic with that many partitions, for ever. Nothing happens if it is there.
   *
   * @throws EventyError TOPIC_MISMATCH if it is there with another number of partitions.
   */
  createTopic(topic: string, partitions: number): Promise<void>;

  /**
   * The number of partitions of a topic.
   *
   * @throws EventyError UNKNOWN_TOPIC
   */
  partitionsOf(topic: string): Promise<number>;

  /**
   * Appends records at once, outside of any claim: all of them or none.
   *
   * @returns where each record stands, once that is durable
   * @throws EventyError UNKNOWN_TOPIC; OUTCOME_UNKNOWN if the connection broke before the answer came; STORE_FAILED
   */
  append(records: readonly NewRecord[]): Promise<readonly Position[]>;

  /**
   * The committed records of a partition from an offset on; does not wait, and moves no cursor.
   *
   * @throws EventyError POSITION_LOST if the offset is before the oldest record, or behind the newest.
   */
  read(partition: TopicPartition, offset: number, limit?: FetchLimit): Promise<Batch>;

  /** Offsets between which a partition has records. */
  bounds(partition: TopicPartition): Promise<Bounds>;

  /** Offset of the first record that was appended at that time or later; the end if there is none. */
  offsetAt(partition: TopicPartition, date: Date): Promise<number>;

  /** How far a group has acknowledged a partition: the offset after the last record. Null: it never did. */
  acknowledged(group: string, partition: TopicPartition): Promise<number | null>;

  /**
   * Joins a group, whose members share the partitions of its topics.
   *
   * @throws EventyError UNKNOWN_TOPIC
   */
  join(options: MemberOptions): Promise<Member>;

  /** Leaves all groups and ends. What was not committed is not there. */
  close(): Promise<void>;
}
