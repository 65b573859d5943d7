import { EventyError } from "../../record/index.js";
import type { Batch, FetchLimit } from "../batch.js";
import { checkPosition } from "../check-position.js";
import { checkSamePartitions, unknownTopic } from "../check-topic.js";
import type { CrashMark } from "../claim.js";
import type { Clock } from "../clock.js";
import { fenced } from "../fenced.js";
import type { Lease, Log, PlacedRecord, PlacedTransaction, Taken } from "../local/log.js";
import type { Bounds } from "../record-store.js";
import { type Position, partitionName, type TopicPartition } from "../stored-record.js";
import { MemoryCursor } from "./memory-cursor.js";
import { MemoryPartition } from "./memory-partition.js";

/** Topics and cursors in the memory of the process. Each operation is one turn of the event loop: nothing interleaves. */
export class MemoryLog implements Log {
  readonly #clock: Clock;
  readonly #topics = new Map<string, readonly MemoryPartition[]>();
  readonly #cursors = new Map<string, MemoryCursor>();
  #closed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async createTopic(topic: string, partitions: number): Promise<void> {
    const there = this.#topics.get(topic);
    if (there !== undefined) return checkSamePartitions(topic, partitions, there.length);
    this.#topics.set(
      topic,
      Array.from({ length: partitions }, (_, partition) => new MemoryPartition({ topic, partition })),
    );
  }

  partitionsOf(topic: string): number {
    return this.#topic(topic).length;
  }

  async append(records: readonly PlacedRecord[], lease?: Lease): Promise<readonly Position[]> {
    if (lease !== undefined) this.#fence(lease);
    return this.#append(records);
  }

  async read(partition: TopicPartition, offset: number, limit: Required<FetchLimit>): Promise<Batch> {
    return this.#partition(partition).read(offset, limit);
  }

  async bounds(partition: TopicPartition): Promise<Bounds> {
    const { begin, end } = this.#partition(partition);
    return { begin, end };
  }

  async offsetAt(partition: TopicPartition, date: Date): Promise<number> {
    return this.#partition(partition).offsetAt(date);
  }

  async acknowledged(group: string, partition: TopicPartition): Promise<number | null> {
    this.#partition(partition);
    return this.#cursors.get(cursorKey(group, partition))?.acknowledged ?? null;
  }

  async take(group: string, partition: TopicPartition, _member: string, start: number): Promise<Taken> {
    const records = this.#partition(partition);
    const cursor = this.#cursors.get(cursorKey(group, partition)) ?? new MemoryCursor(start);
    this.#cursors.set(cursorKey(group, partition), cursor);
    checkPosition(partition, cursor.acknowledged, records);
    cursor.epoch++;
    cursor.held = true;
    return { ...partition, group, epoch: cursor.epoch, acknowledged: cursor.acknowledged, mark: cursor.mark };
  }

  async mark(lease: Lease, mark: CrashMark): Promise<void> {
    this.#fence(lease).mark = mark;
  }

  async commit(lease: Lease, { acknowledge, records, state, mark, work }: PlacedTransaction): Promise<void> {
    if (work !== undefined) {
      throw new EventyError(
        "INVALID_ARGUMENT",
        "A store in memory has no tables that a transaction could work on.",
      );
    }
    const cursor = this.#fence(lease);
    this.#append(records);
    for (const change of state ?? []) cursor.change(change);
    cursor.acknowledged = acknowledge;
    cursor.mark = mark ?? null;
  }

  async state(lease: Lease, state: string, key: string): Promise<Uint8Array | null> {
    return this.#fence(lease).state(state, key);
  }

  async release(lease: Lease, inOrder: boolean): Promise<void> {
    const cursor = this.#fence(lease);
    cursor.held = false;
    if (inOrder) cursor.mark = null;
  }

  async deleteBefore(partition: TopicPartition, offset: number): Promise<void> {
    this.#partition(partition).deleteBefore(offset);
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #append(records: readonly PlacedRecord[]): Position[] {
    const now = this.#clock();
    const appends = records.map((record) => ({ record, to: this.#partition(record) }));
    return appends.map(({ record, to }) => to.append(record, now));
  }

  #topic(topic: string): readonly MemoryPartition[] {
    if (this.#closed) throw new EventyError("STORE_FAILED", "The store is closed.");
    const partitions = this.#topics.get(topic);
    if (partitions === undefined) throw unknownTopic(topic);
    return partitions;
  }

  #partition(partition: TopicPartition): MemoryPartition {
    const records = this.#topic(partition.topic)[partition.partition];
    if (records === undefined)
      throw new EventyError("INVALID_ARGUMENT", `There is no ${partitionName(partition)}.`);
    return records;
  }

  /** @throws EventyError FENCED if the lease is void */
  #fence(lease: Lease): MemoryCursor {
    const cursor = this.#cursors.get(cursorKey(lease.group, lease));
    if (cursor === undefined || !cursor.held || cursor.epoch !== lease.epoch) throw fenced(lease);
    return cursor;
  }
}

function cursorKey(group: string, { topic, partition }: TopicPartition): string {
  return JSON.stringify([group, topic, partition]);
}
