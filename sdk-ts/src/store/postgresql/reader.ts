import type { Batch, FetchLimit } from "../batch.js";
import { checkPosition } from "../check-position.js";
import type { Bounds } from "../record-store.js";
import { RecordReader } from "../sql/record-row.js";
import type { StoredRecord, TopicPartition } from "../stored-record.js";
import { READ } from "./statements/record.js";
import { shared } from "./statements/statement.js";
import type { Run, Topics } from "./topics.js";

type Row = readonly [
  offset: string,
  appendedAt: string,
  key: string | null,
  value: Uint8Array | null,
  headers: string,
];

/** Reads records, and where they stand. */
export class Reader {
  readonly #run: Run;
  readonly #topics: Topics;
  readonly #rows = new RecordReader();

  constructor(run: Run, topics: Topics) {
    this.#run = run;
    this.#topics = topics;
  }

  /** @throws EventyError POSITION_LOST, UNKNOWN_TOPIC, INVALID_ARGUMENT, STORE_UNAVAILABLE, STORE_FAILED */
  async read(partition: TopicPartition, offset: number, limit: Required<FetchLimit>): Promise<Batch> {
    const key = await this.#topics.keyOf(partition);
    const rows = await this.#rowsFrom(key, offset, limit);
    const records = rows.map((row) => this.#record(partition, row));
    // Only what begins elsewhere than it should can have lost something.
    if (records[0]?.offset !== offset) checkPosition(partition, offset, await this.bounds(partition));
    return { records, next: (records.at(-1)?.offset ?? offset - 1) + 1 };
  }

  async bounds(partition: TopicPartition): Promise<Bounds> {
    const key = await this.#topics.keyOf(partition);
    const [row] = await this.#run((session) =>
      session.query<{ begin_offset: string; end_offset: string }>(shared("bounds", key)),
    );
    return { begin: Number(row?.begin_offset ?? 0), end: Number(row?.end_offset ?? 0) };
  }

  /** By bisection: dates of records do not fall. */
  async offsetAt(partition: TopicPartition, date: Date): Promise<number> {
    const key = await this.#topics.keyOf(partition);
    let { begin, end } = await this.bounds(partition);
    while (begin < end) {
      const middle = Math.floor((begin + end) / 2);
      const [row] = await this.#run((session) =>
        session.query<{ appended_at: string }>(shared("appendedAt", [...key, middle])),
      );
      if (row !== undefined && Number(row.appended_at) < date.getTime()) begin = middle + 1;
      else end = middle;
    }
    return begin;
  }

  #rowsFrom(
    key: readonly [number, number],
    offset: number,
    { maxRecords, maxBytes }: Required<FetchLimit>,
  ): Promise<readonly Row[]> {
    return this.#run((session) =>
      session.query<Row>({ ...READ, values: [...key, offset, maxRecords, maxBytes] }),
    );
  }

  #record(partition: TopicPartition, row: Row): StoredRecord {
    const [offset, appendedAt, key, value, headers] = row;
    return this.#rows.read(partition, {
      offset: Number(offset),
      appendedAt: Number(appendedAt),
      key,
      value,
      headers,
    });
  }
}
