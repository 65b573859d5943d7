import type { Row } from "../../cases/database.js";
import type { Value } from "../../gen/proto/eventy/v3/value_pb.js";
import { decodeJsonValue } from "../json/decode.js";
import type { Oracle, PersistedMark, PersistedRecord, StatePlace } from "./oracle.js";

/** Runs a query with parameters `$1`, `$2`, …; without tables there are no rows. */
export type Query = (sql: string, parameters: readonly (string | number)[]) => Promise<readonly Row[]>;

/** Gives queries that all see the database as it is at one moment. */
export type Freeze = <T>(look: (query: Query) => Promise<T>) => Promise<T>;

const RECORDS = `
  SELECT partition_id, record_offset, record_key, value, headers
  FROM eventy_record JOIN eventy_topic USING (topic_id)
  WHERE name = $1 AND partition_id < $2
  ORDER BY partition_id, record_offset`;

const CURSOR = `
  SELECT acknowledged, mark_offset, mark_until, mark_attempt
  FROM eventy_cursor JOIN eventy_topic USING (topic_id)
  WHERE group_name = $1 AND name = $2 AND partition_id = $3`;

const STATE = `
  SELECT value
  FROM eventy_state JOIN eventy_topic USING (topic_id)
  WHERE group_name = $1 AND name = $2 AND partition_id = $3 AND state = $4 AND state_key = $5`;

/** Reads the tables of the SQL binding. */
export class SqlOracle implements Oracle {
  readonly isSelfObserved = false;
  readonly #query: Query;
  readonly #freeze: Freeze;

  /** @param freeze has queries see one moment; without it, nobody else has the database open */
  constructor(query: Query, freeze: Freeze = (look) => look(query)) {
    this.#query = query;
    this.#freeze = freeze;
  }

  atOnce<T>(look: (oracle: Oracle) => Promise<T>): Promise<T> {
    return this.#freeze((query) => look(new SqlOracle(query)));
  }

  async records(topic: string, partitions = 1): Promise<readonly PersistedRecord[]> {
    const rows = await this.#query(RECORDS, [topic, partitions]);
    return rows.map((row) => ({
      topic,
      partition: Number(row["partition_id"]),
      offset: Number(row["record_offset"]),
      key: row["record_key"] === null ? null : String(row["record_key"]),
      value: row["value"] === null ? null : bytesOf(row["value"]),
      headers: JSON.parse(String(row["headers"])) as Record<string, string>,
    }));
  }

  async acknowledged(group: string, topic: string, partition: number): Promise<number | null> {
    const [row] = await this.#query(CURSOR, [group, topic, partition]);
    return row === undefined ? null : Number(row["acknowledged"]);
  }

  async mark(group: string, topic: string, partition: number): Promise<PersistedMark | null> {
    const [row] = await this.#query(CURSOR, [group, topic, partition]);
    if (row === undefined || row["mark_offset"] === null) return null;
    return {
      offset: Number(row["mark_offset"]),
      until: Number(row["mark_until"]),
      attempt: Number(row["mark_attempt"]),
    };
  }

  async state({ group, state, topic, partition }: StatePlace, key: string): Promise<Value | undefined> {
    const [row] = await this.#query(STATE, [group, topic, partition, state, key]);
    return row === undefined ? undefined : decodeJsonValue(bytesOf(row["value"]));
  }
}

/** libsql has an ArrayBuffer for bytes, pg a Buffer. */
function bytesOf(value: unknown): Uint8Array {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`a column of bytes holds ${typeof value}`);
}
