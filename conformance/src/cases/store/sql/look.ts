import type { Database, Row } from "../../database.js";

/** A cursor as its row has it. */
export interface CursorRow {
  readonly partition: number;
  readonly acknowledged: number;
  readonly epoch: number;
  readonly owner: string | null;
  /** Whether a crash mark is set. */
  readonly isMarked: boolean;
}

/** The cursors of a group in a topic, in the order of the partitions. */
export async function cursorRows(
  database: Database,
  group: string,
  topic: string,
): Promise<readonly CursorRow[]> {
  const rows = await database.run(
    `SELECT partition_id, acknowledged, epoch, owner, mark_offset
     FROM eventy_cursor JOIN eventy_topic USING (topic_id)
     WHERE group_name = $1 AND name = $2 ORDER BY partition_id`,
    [group, topic],
  );
  return rows.map((row) => ({
    partition: Number(row["partition_id"]),
    acknowledged: Number(row["acknowledged"]),
    epoch: Number(row["epoch"]),
    owner: row["owner"] === null ? null : String(row["owner"]),
    isMarked: row["mark_offset"] !== null,
  }));
}

/** The members of a group that have rows, alive or not. */
export async function memberRows(database: Database, group: string): Promise<readonly Row[]> {
  return database.run("SELECT member, topics, expires_at FROM eventy_member WHERE group_name = $1", [group]);
}

/** Milliseconds since 1970 by the clock of a PostgreSQL database. */
export async function clockOf(database: Database): Promise<number> {
  const [row] = await database.run(
    "SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now",
  );
  return Number(row?.["now"]);
}

/** Whether someone else holds the lock of the head row of a partition. Only on PostgreSQL. */
export async function isHeadLocked(database: Database, topic: string, partition = 0): Promise<boolean> {
  const rows = await database.run(
    `SELECT 1 FROM eventy_head JOIN eventy_topic USING (topic_id)
     WHERE name = $1 AND partition_id = $2 FOR UPDATE OF eventy_head SKIP LOCKED`,
    [topic, partition],
  );
  return rows.length === 0;
}

/** Whether a session waits for a lock. Only on PostgreSQL. */
export async function isSomeoneWaiting(database: Database): Promise<boolean> {
  const rows = await database.run(
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
  );
  return rows.length > 0;
}
