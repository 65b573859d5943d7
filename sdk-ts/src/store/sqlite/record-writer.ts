import type { Clock } from "../clock.js";
import { breathe } from "../local/breathe.js";
import type { PlacedRecord } from "../local/log.js";
import { checkText } from "../sql/check-text.js";
import { headersText } from "../sql/record-row.js";
import { type Position, partitionName } from "../stored-record.js";
import type { Connection, Parameter, Statement } from "./connection.js";
import { InsertRows } from "./insert-rows.js";
import type { PartitionKey, TopicTable } from "./topic-table.js";

/** What is appended to one partition. */
interface Append {
  readonly key: PartitionKey;
  readonly appendedAt: number;
  readonly rows: (readonly Parameter[])[];
  end: number;
}

/** Appends to `eventy_record`, within a transaction. */
export class RecordWriter {
  readonly #topics: TopicTable;
  readonly #clock: Clock;
  readonly #head: Statement;
  readonly #moveHead: Statement;
  readonly #insert: InsertRows;

  constructor(connection: Connection, topics: TopicTable, clock: Clock) {
    this.#topics = topics;
    this.#clock = clock;
    this.#head = connection.prepare(
      "SELECT end_offset, appended_at FROM eventy_head WHERE topic_id = ?1 AND partition_id = ?2",
    );
    this.#moveHead = connection.prepare(
      "UPDATE eventy_head SET end_offset = ?3, appended_at = ?4 WHERE topic_id = ?1 AND partition_id = ?2",
    );
    this.#insert = new InsertRows(
      connection,
      `INSERT INTO eventy_record
      (topic_id, partition_id, record_offset, appended_at, record_key, value, headers) VALUES`,
      7,
    );
  }

  async append(records: readonly PlacedRecord[]): Promise<readonly Position[]> {
    const appends = new Map<string, Append>();
    const positions = records.map((record) => {
      const name = partitionName(record);
      const append = appends.get(name) ?? this.#begin(record);
      appends.set(name, append);
      return addTo(append, record);
    });
    for (const append of appends.values()) await this.#write(append);
    return positions;
  }

  #begin(record: PlacedRecord): Append {
    const key = this.#topics.keyOf(record);
    const [row] = this.#head.all(key);
    const [end, newest] = row as [number, number];
    return { key, end, appendedAt: Math.max(newest, this.#clock()), rows: [] };
  }

  async #write({ key, appendedAt, rows, end }: Append): Promise<void> {
    for (let written = 0; written < rows.length; ) {
      written += this.#insert.insertSome(rows, written);
      await breathe();
    }
    this.#moveHead.run([...key, end, appendedAt]);
  }
}

function addTo(append: Append, { topic, partition, key, value, headers }: PlacedRecord): Position {
  if (key !== null) checkText("The key of a record", key);
  const offset = append.end++;
  append.rows.push([...append.key, offset, append.appendedAt, key, value, headersText(headers)]);
  return { topic, partition, offset };
}
