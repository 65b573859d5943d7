import type { Batch, FetchLimit } from "../batch.js";
import { batchOf } from "../batch-of.js";
import { checkPosition } from "../check-position.js";
import type { Bounds } from "../record-store.js";
import { RecordReader } from "../sql/record-row.js";
import type { StoredRecord, TopicPartition } from "../stored-record.js";
import type { Connection, Statement } from "./connection.js";
import { sql } from "./sql.js";
import type { TopicTable } from "./topic-table.js";

/** How many records are removed in one transaction. */
const REMOVED_AT_ONCE = 1000;

/** Reads `eventy_head` and `eventy_record`. */
export class RecordTable {
  readonly #topics: TopicTable;
  readonly #reader = new RecordReader();
  readonly #bounds: Statement;
  readonly #read: Statement;
  readonly #sizes: Statement;
  readonly #sumOfSizes: Statement;
  readonly #appendedAt: Statement;
  readonly #begin: Statement;
  readonly #remove: Statement;

  constructor(connection: Connection, topics: TopicTable) {
    this.#topics = topics;
    this.#bounds = connection.prepare(sql("bounds"));
    this.#read = connection.prepare(sql("read"));
    const sizes = `SELECT length(value) AS size FROM eventy_record
      WHERE topic_id = ?1 AND partition_id = ?2 AND record_offset >= ?3 ORDER BY record_offset LIMIT ?4`;
    this.#sizes = connection.prepare(sizes);
    this.#sumOfSizes = connection.prepare(`SELECT sum(size) FROM (${sizes})`);
    this.#appendedAt = connection.prepare(sql("appendedAt"));
    this.#begin = connection.prepare(
      "UPDATE eventy_head SET begin_offset = ?3 WHERE topic_id = ?1 AND partition_id = ?2",
    );
    this.#remove = connection.prepare(
      "DELETE FROM eventy_record WHERE topic_id = ?1 AND partition_id = ?2 AND record_offset < ?3",
    );
  }

  bounds(partition: TopicPartition): Bounds {
    const [row] = this.#bounds.all(this.#topics.keyOf(partition));
    const [begin, end] = row as [number, number];
    return { begin, end };
  }

  read(partition: TopicPartition, offset: number, limit: Required<FetchLimit>): Batch {
    const bounds = this.bounds(partition);
    checkPosition(partition, offset, bounds);
    if (offset === bounds.end) return { records: [], next: offset };
    const from = [...this.#topics.keyOf(partition), offset];
    const rows = this.#read.all([...from, this.#countWithin(from, limit)]);
    return batchOf(
      rows.map((row) => this.#record(partition, row)),
      offset,
      limit,
    );
  }

  offsetAt(partition: TopicPartition, date: Date): number {
    const key = this.#topics.keyOf(partition);
    let { begin, end } = this.bounds(partition);
    while (begin < end) {
      const middle = Math.floor((begin + end) / 2);
      const [row] = this.#appendedAt.all([...key, middle]);
      if (row !== undefined && Number(row[0]) < date.getTime()) begin = middle + 1;
      else end = middle;
    }
    return begin;
  }

  /** Removes some of the records before an offset. @returns whether there are more */
  removeSome(partition: TopicPartition, offset: number): boolean {
    const key = this.#topics.keyOf(partition);
    const { begin, end } = this.bounds(partition);
    checkPosition(partition, Math.max(offset, begin), { begin, end });
    const until = Math.min(offset, begin + REMOVED_AT_ONCE);
    if (until > begin) {
      this.#begin.run([...key, until]);
      this.#remove.run([...key, until]);
    }
    return until < offset;
  }

  /** How many records are to be read, so that no more bytes are in memory at once than the limit lets. */
  #countWithin(from: readonly number[], { maxRecords, maxBytes }: Required<FetchLimit>): number {
    const [sum] = this.#sumOfSizes.all([...from, maxRecords]);
    if (Number(sum?.[0]) <= maxBytes) return maxRecords;
    let [count, bytes] = [0, 0];
    for (const [size] of this.#sizes.all([...from, maxRecords])) {
      bytes += Number(size);
      if (count > 0 && bytes > maxBytes) break;
      count++;
    }
    return count;
  }

  #record(partition: TopicPartition, row: readonly unknown[]): StoredRecord {
    const [offset, appendedAt, key, value, headers] = row as [
      number,
      number,
      string | null,
      Uint8Array | null,
      string,
    ];
    return this.#reader.read(partition, { offset, appendedAt, key, value, headers });
  }
}
