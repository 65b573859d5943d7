import type { Batch, FetchLimit } from "../batch.js";
import type { CrashMark } from "../claim.js";
import type { Clock } from "../clock.js";
import type { Lease, Log, PlacedRecord, PlacedTransaction, Taken } from "../local/log.js";
import type { Bounds } from "../record-store.js";
import type { Position, TopicPartition } from "../stored-record.js";
import { Connection } from "./connection.js";
import { CursorTable } from "./cursor-table.js";
import { RecordTable } from "./record-table.js";
import { RecordWriter } from "./record-writer.js";
import { StateTable } from "./state-table.js";
import { TopicTable } from "./topic-table.js";
import { Transactions } from "./transactions.js";
import { doWork } from "./work.js";

/** Topics, cursors and state in a SQLite file. Operations come one after the other. */
export class SqliteLog implements Log {
  readonly #connection: Connection;
  readonly #transactions: Transactions;
  readonly #topics: TopicTable;
  readonly #records: RecordTable;
  readonly #writer: RecordWriter;
  readonly #cursors: CursorTable;
  readonly #states: StateTable;
  readonly #workTimeoutMs: number;

  constructor(file: string, clock: Clock, workTimeoutMs: number) {
    this.#workTimeoutMs = workTimeoutMs;
    const connection = new Connection(file);
    this.#connection = connection;
    try {
      this.#transactions = new Transactions(connection);
      this.#topics = new TopicTable(connection);
      this.#records = new RecordTable(connection, this.#topics);
      this.#writer = new RecordWriter(connection, this.#topics, clock);
      this.#cursors = new CursorTable(connection, this.#topics);
      this.#states = new StateTable(connection, this.#topics);
    } catch (error) {
      throw connection.abandon(error);
    }
  }

  async createTopic(name: string, partitions: number): Promise<void> {
    await this.#transactions.run(
      () => this.#topics.insert(name, partitions),
      (topic) => this.#topics.add(name, topic),
    );
  }

  partitionsOf(topic: string): number {
    this.#connection.checkOpen();
    return this.#topics.partitionsOf(topic);
  }

  append(records: readonly PlacedRecord[], lease?: Lease): Promise<readonly Position[]> {
    return this.#transactions.run(() => {
      if (lease !== undefined) this.#cursors.checkHeld(lease);
      return this.#writer.append(records);
    });
  }

  read(partition: TopicPartition, offset: number, limit: Required<FetchLimit>): Promise<Batch> {
    return this.#connection.alone(() => this.#records.read(partition, offset, limit));
  }

  bounds(partition: TopicPartition): Promise<Bounds> {
    return this.#connection.alone(() => this.#records.bounds(partition));
  }

  offsetAt(partition: TopicPartition, date: Date): Promise<number> {
    return this.#connection.alone(() => this.#records.offsetAt(partition, date));
  }

  acknowledged(group: string, partition: TopicPartition): Promise<number | null> {
    return this.#connection.alone(() => this.#cursors.acknowledged(group, partition));
  }

  take(group: string, partition: TopicPartition, member: string, start: number): Promise<Taken> {
    return this.#transactions.run(() =>
      this.#cursors.take(group, partition, member, start, this.#records.bounds(partition)),
    );
  }

  mark(lease: Lease, mark: CrashMark): Promise<void> {
    return this.#transactions.run(() => this.#cursors.mark(lease, mark));
  }

  commit(lease: Lease, transaction: PlacedTransaction): Promise<void> {
    const { acknowledge, records, state, mark, work } = transaction;
    return this.#transactions.run(async () => {
      if (work !== undefined) {
        this.#cursors.checkHeld(lease);
        await doWork(this.#connection, work, this.#workTimeoutMs);
      }
      // Behind the work: should that have committed, nothing else of the transaction is there.
      this.#cursors.commit(lease, acknowledge, mark);
      await this.#writer.append(records);
      for (const change of state ?? []) this.#states.change(lease, change);
    });
  }

  state(lease: Lease, state: string, key: string): Promise<Uint8Array | null> {
    return this.#connection.alone(() => this.#states.get(lease, state, key));
  }

  release(lease: Lease, inOrder: boolean): Promise<void> {
    return this.#transactions.run(() => this.#cursors.release(lease, inOrder));
  }

  async deleteBefore(partition: TopicPartition, offset: number): Promise<void> {
    while (await this.#transactions.run(() => this.#records.removeSome(partition, offset)));
  }

  close(): Promise<void> {
    return this.#connection.close();
  }
}
