import type { Clock } from "../clock.js";
import { breathe } from "../local/breathe.js";
import type { PlacedRecord } from "../local/log.js";
import { checkText } from "../sql/check-text.js";
import { headersText } from "../sql/record-row.js";
import { type Headers, type Position, partitionName, type TopicPartition } from "../stored-record.js";
import type { Connection, Parameter, Statement } from "./connection.js";
import { InsertRows } from "./insert-rows.js";
import type { PartitionKey, TopicTable } from "./topic-table.js";

const COLUMNS = 7;
const NO_HEADERS: Headers | undefined = undefined;

/** What is appended to one partition. */
interface Append extends TopicPartition {
  readonly key: PartitionKey;
  readonly appendedAt: number;
  /** The values of the rows, one row behind the other. */
  readonly values: Parameter[];
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
      COLUMNS,
    );
  }

  async append(records: readonly PlacedRecord[]): Promise<readonly Position[]> {
    const appends = new Map<string, Append>();
    let append: Append | undefined;
    let [headers, text] = [NO_HEADERS, headersText(NO_HEADERS)];
    const positions = records.map((record) => {
      // Records that are appended together mostly go to the same partition, and have the same headers.
      if (append?.topic !== record.topic || append.partition !== record.partition) {
        const name = partitionName(record);
        append = appends.get(name) ?? this.#begin(record);
        appends.set(name, append);
      }
      if (record.headers !== headers) [headers, text] = [record.headers, headersText(record.headers)];
      return addTo(append, record, text);
    });
    for (const append of appends.values()) await this.#write(append);
    return positions;
  }

  #begin({ topic, partition }: TopicPartition): Append {
    const key = this.#topics.keyOf({ topic, partition });
    const [row] = this.#head.all(key);
    const [end, newest] = row as [number, number];
    return { topic, partition, key, end, appendedAt: Math.max(newest, this.#clock()), values: [] };
  }

  async #write({ key, appendedAt, values, end }: Append): Promise<void> {
    for (let written = 0; written < values.length / COLUMNS; ) {
      written += this.#insert.insertSome(values, written);
      await breathe();
    }
    this.#moveHead.run([...key, end, appendedAt]);
  }
}

function addTo(append: Append, { topic, partition, key, value }: PlacedRecord, headers: string): Position {
  if (key !== null) checkText("The key of a record", key);
  const offset = append.end++;
  const [topicId, partitionId] = append.key;
  append.values.push(topicId, partitionId, offset, append.appendedAt, key, value, headers);
  return { topic, partition, offset };
}
