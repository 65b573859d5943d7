import Database from "libsql";
import { anOutput, handleByHand } from "../store/by-hand.js";
import { batchSize, type Drain, inBatches } from "../store/drain.js";
import { headers, type Input, takeInputs } from "../store/input.js";
import { bare, bareTables } from "../store/tables.js";

/** A record as it is read and written. */
interface Row {
  readonly record_key: string | null;
  /** libsql reads an ArrayBuffer and writes a Buffer. */
  readonly value: ArrayBuffer;
  readonly headers: string;
}

/** The bare loops on one file, and how to close it. */
export interface BareLoops {
  /** A statement for each record. */
  readonly plain: Drain;
  /** A statement for 50 records: less work between languages, and more to write. */
  readonly tuned: Drain;
  /** The tuned one, which also does with each record what ours does with it, in plain calls. */
  readonly byHand: Drain;
  /** Only the appending, a statement for each record. */
  readonly append: Drain;
  readonly close: () => void;
}

const COLUMNS = "topic_id, partition_id, record_offset, appended_at, record_key, value, headers";
const PLACES = "(?, 0, ?, ?, ?, ?, ?)";
const tunedRows = 50;
const headersText = JSON.stringify(headers);

/**
 * What exactly once costs on libsql when nothing else is done: read 500, write as many and as large ones to another
 * topic as ours does, move head and cursor, commit. Tables and pragmas are those of the SDK; no byte is looked at.
 */
export function bareLoops(file: string): BareLoops {
  const db = new Database(file);
  db.exec("PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
  for (const statement of bareTables({ text: "TEXT", bigint: "INTEGER", bytes: "BLOB" })) db.exec(statement);

  const begin = db.prepare("BEGIN IMMEDIATE");
  const commit = db.prepare("COMMIT");
  const read = db.prepare(
    `SELECT record_offset, appended_at, record_key, value, headers FROM eventy_record
     WHERE topic_id = ? AND partition_id = 0 AND record_offset >= ? ORDER BY record_offset LIMIT ?`,
  );
  const head = db.prepare("SELECT end_offset FROM eventy_head WHERE topic_id = ? AND partition_id = 0");
  const moveHead = db.prepare(
    "UPDATE eventy_head SET end_offset = ?, appended_at = ? WHERE topic_id = ? AND partition_id = 0",
  );
  const cursor = db.prepare("SELECT acknowledged FROM eventy_cursor WHERE group_name = ? AND topic_id = ?");
  const moveCursor = db.prepare(
    `UPDATE eventy_cursor SET acknowledged = ?
     WHERE group_name = ? AND topic_id = ? AND partition_id = 0 AND epoch = 1 AND acknowledged = ?`,
  );
  const insertOne = db.prepare(`INSERT INTO eventy_record (${COLUMNS}) VALUES ${PLACES}`);
  const insertMany = db.prepare(
    `INSERT INTO eventy_record (${COLUMNS}) VALUES ${Array(tunedRows).fill(PLACES).join(", ")}`,
  );

  type Write = (topic: number, offset: number, rows: readonly Row[], now: number) => void;

  const writePlain: Write = (topic, offset, rows, now) => {
    rows.forEach((row, i) => {
      insertOne.run(topic, offset + i, now, row.record_key, Buffer.from(row.value), row.headers);
    });
  };
  const writeTuned: Write = (topic, offset, rows, now) => {
    const whole = rows.length - (rows.length % tunedRows);
    for (let i = 0; i < whole; i += tunedRows) {
      const values: unknown[] = [];
      rows.slice(i, i + tunedRows).forEach((row, j) => {
        values.push(topic, offset + i + j, now, row.record_key, Buffer.from(row.value), row.headers);
      });
      insertMany.run(values);
    }
    writePlain(topic, offset + whole, rows.slice(whole), now);
  };

  function append(topic: number, rows: readonly Row[], write: Write): void {
    const now = Date.now();
    const { end_offset } = head.get(topic) as { end_offset: number };
    write(topic, end_offset, rows, now);
    moveHead.run(end_offset + rows.length, now, topic);
  }

  function drain(write: Write, handle: Handle): void {
    for (let { acknowledged } = cursor.get(bare.group, bare.input) as { acknowledged: number }; ; ) {
      const rows = read.all(bare.input, acknowledged, batchSize) as Row[];
      if (rows.length === 0) return;
      begin.run();
      append(bare.output, rows.map(handle), write);
      const next = acknowledged + rows.length;
      moveCursor.run(next, bare.group, bare.input, acknowledged);
      commit.run();
      acknowledged = next;
    }
  }

  function fill(records: number, write: Write): Promise<void> {
    return inBatches(records, (size) => {
      begin.run();
      append(bare.input, takeInputs(size).map(toRow), write);
      commit.run();
    });
  }

  function loop(name: string, write: Write, handle: Handle = ready): Drain {
    return { name, fill: (records) => fill(records, writeTuned), drain: async () => drain(write, handle) };
  }
  return {
    plain: loop("bare libsql loop, a statement a record", writePlain),
    tuned: loop("bare libsql loop, a statement for 50 records", writeTuned),
    byHand: loop("the same, and codec, context and uuid by hand", writeTuned, byHand),
    append: {
      name: "bare libsql loop, a statement a record",
      fill: async () => {},
      drain: (records) => fill(records, writePlain),
    },
    close: () => db.close(),
  };
}

/** Makes of what is read what is written. */
type Handle = (row: Row) => Row;

const output = new Uint8Array(anOutput).buffer;

function ready({ record_key, headers }: Row): Row {
  return { record_key, value: output, headers };
}

function byHand({ record_key, value, headers }: Row): Row {
  return { record_key, value: new Uint8Array(handleByHand(new Uint8Array(value))).buffer, headers };
}

function toRow({ key, value }: Input): Row {
  return { record_key: key, value: new Uint8Array(value).buffer, headers: headersText };
}
