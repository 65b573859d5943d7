import pg from "pg";
import { anOutput, handleByHand } from "../store/by-hand.js";
import { batchSize, type Drain, inBatches } from "../store/drain.js";
import { headers, takeInputs } from "../store/input.js";
import { bare, bareTables } from "../store/tables.js";

/** The bare loops in one database, and how to close them. */
export interface BareLoops {
  readonly exactlyOnce: Drain;
  /** The same, which also does with each record what ours does with it, in plain calls. */
  readonly byHand: Drain;
  /** Only the appending, 500 records a transaction. */
  readonly append: Drain;
  readonly close: () => Promise<void>;
}

const READ = `SELECT record_offset, appended_at, record_key, value, headers FROM eventy_record
  WHERE topic_id = ${bare.input} AND partition_id = 0 AND record_offset >= $1 ORDER BY record_offset LIMIT $2`;

const FENCE = `UPDATE eventy_cursor SET acknowledged = $2
  WHERE group_name = '${bare.group}' AND topic_id = ${bare.input} AND partition_id = 0
    AND epoch = 1 AND acknowledged = $1`;

/** Moves the head and writes behind it, in one statement. */
const APPEND = `WITH head AS (
    UPDATE eventy_head SET end_offset = end_offset + $2, appended_at = $3
    WHERE topic_id = $1 AND partition_id = 0 RETURNING end_offset - $2 AS first
  )
  INSERT INTO eventy_record (topic_id, partition_id, record_offset, appended_at, record_key, value, headers)
  SELECT $1, 0, head.first + new.position - 1, $3, new.key, new.value, new.headers
  FROM head, unnest($4::text[], $5::bytea[], $6::text[]) WITH ORDINALITY AS new(key, value, headers, position)`;

interface Row {
  readonly record_key: string | null;
  readonly value: Uint8Array;
  readonly headers: string;
}

/**
 * What exactly once costs on `pg` when nothing else is done: read 500, fence and cursor, write as many and as large ones
 * to another topic as ours does, commit. The tables are those of the SDK, statements are prepared; no byte is looked at.
 */
export async function bareLoops(url: string): Promise<BareLoops> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const dialect = { text: 'text COLLATE "C"', bigint: "bigint", bytes: "bytea" };
  for (const statement of bareTables(dialect)) await client.query(statement);

  async function append(topic: number, rows: readonly Row[]): Promise<void> {
    const columns = [
      rows.map((row) => row.record_key),
      rows.map((row) => row.value),
      rows.map((row) => row.headers),
    ];
    await client.query({
      name: "append",
      text: APPEND,
      values: [topic, rows.length, Date.now(), ...columns],
    });
  }

  let acknowledged = 0;

  /** Returns how many records there were. */
  async function once(handle: (input: Uint8Array) => Uint8Array): Promise<number> {
    const { rows } = await client.query<Row>({ name: "read", text: READ, values: [acknowledged, batchSize] });
    if (rows.length === 0) return 0;
    const next = acknowledged + rows.length;
    await client.query("BEGIN");
    await client.query({ name: "fence", text: FENCE, values: [acknowledged, next] });
    await append(
      bare.output,
      rows.map((row) => ({ ...row, value: handle(row.value) })),
    );
    await client.query("COMMIT");
    acknowledged = next;
    return rows.length;
  }

  async function fill(records: number): Promise<void> {
    const text = JSON.stringify(headers);
    await inBatches(records, (size) =>
      append(
        bare.input,
        takeInputs(size).map(({ key, value }) => ({ record_key: key, value, headers: text })),
      ),
    );
  }

  async function drain(handle: (input: Uint8Array) => Uint8Array): Promise<void> {
    while ((await once(handle)) > 0);
  }

  return {
    exactlyOnce: { name: "bare pg loop, 500 a transaction", fill, drain: () => drain(() => anOutput) },
    byHand: { name: "the same, and codec, context and uuid by hand", fill, drain: () => drain(handleByHand) },
    append: { name: "bare pg insert", fill: async () => {}, drain: fill },
    close: () => client.end(),
  };
}
