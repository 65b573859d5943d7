import { checkPosition } from "../check-position.js";
import type { CrashMark } from "../claim.js";
import { fenced } from "../fenced.js";
import type { Lease, Taken } from "../local/log.js";
import type { Bounds } from "../record-store.js";
import { checkText } from "../sql/check-text.js";
import type { TopicPartition } from "../stored-record.js";
import type { Connection, Parameter, Statement } from "./connection.js";
import { sql } from "./sql.js";
import type { TopicTable } from "./topic-table.js";

/** `eventy_cursor`: how far groups have come, and the fence. */
export class CursorTable {
  readonly #topics: TopicTable;
  readonly #acknowledged: Statement;
  readonly #find: Statement;
  readonly #insert: Statement;
  readonly #take: Statement;
  readonly #held: Statement;
  readonly #commit: Statement;
  readonly #mark: Statement;
  readonly #release: Statement;
  readonly #releaseInOrder: Statement;

  constructor(connection: Connection, topics: TopicTable) {
    this.#topics = topics;
    this.#acknowledged = connection.prepare(sql("acknowledged"));
    this.#find = connection.prepare(
      `SELECT epoch, acknowledged, mark_offset, mark_until, mark_attempt FROM eventy_cursor
      WHERE group_name = ?1 AND topic_id = ?2 AND partition_id = ?3`,
    );
    this.#insert = connection.prepare(
      `INSERT INTO eventy_cursor (group_name, topic_id, partition_id, acknowledged, epoch, owner)
      VALUES (?1, ?2, ?3, ?4, 1, ?5)`,
    );
    this.#take = connection.prepare(
      `UPDATE eventy_cursor SET epoch = epoch + 1, owner = ?4
      WHERE group_name = ?1 AND topic_id = ?2 AND partition_id = ?3`,
    );
    this.#held = connection.prepare(sql("held"));
    this.#commit = connection.prepare(sql("commit"));
    this.#mark = connection.prepare(sql("mark"));
    this.#release = connection.prepare(sql("release"));
    this.#releaseInOrder = connection.prepare(sql("releaseInOrder"));
  }

  acknowledged(group: string, partition: TopicPartition): number | null {
    const [row] = this.#acknowledged.all([group, ...this.#topics.keyOf(partition)]);
    return row === undefined ? null : Number(row[0]);
  }

  take(group: string, partition: TopicPartition, member: string, start: number, bounds: Bounds): Taken {
    checkText("The name of a group", group);
    const key = [group, ...this.#topics.keyOf(partition)];
    const [row] = this.#find.all(key);
    if (row === undefined) {
      this.#insert.run([...key, start, member]);
      return { ...partition, group, epoch: 1, acknowledged: start, mark: null };
    }
    const [epoch, acknowledged, offset, until, attempt] = row as [
      number,
      number,
      number | null,
      number,
      number,
    ];
    checkPosition(partition, acknowledged, bounds);
    this.#take.run([...key, member]);
    const mark = offset === null ? null : { offset, until, attempt };
    return { ...partition, group, epoch: epoch + 1, acknowledged, mark };
  }

  /** @throws EventyError FENCED */
  checkHeld(lease: Lease): void {
    if (this.#held.all(this.#key(lease)).length === 0) throw fenced(lease);
  }

  /** @throws EventyError FENCED */
  commit(lease: Lease, acknowledge: number, mark: CrashMark | undefined): void {
    this.#fence(lease, this.#commit, acknowledge, ...markColumns(mark));
  }

  /** @throws EventyError FENCED */
  mark(lease: Lease, mark: CrashMark): void {
    this.#fence(lease, this.#mark, ...markColumns(mark));
  }

  /** @throws EventyError FENCED */
  release(lease: Lease, inOrder: boolean): void {
    this.#fence(lease, inOrder ? this.#releaseInOrder : this.#release);
  }

  #key(lease: Lease): Parameter[] {
    return [lease.group, ...this.#topics.keyOf(lease), lease.epoch];
  }

  #fence(lease: Lease, statement: Statement, ...parameters: readonly Parameter[]): void {
    if (statement.run([...this.#key(lease), ...parameters]).changes !== 1) throw fenced(lease);
  }
}

function markColumns(mark: CrashMark | undefined): [number | null, number | null, number | null] {
  return mark === undefined ? [null, null, null] : [mark.offset, mark.until, mark.attempt];
}
