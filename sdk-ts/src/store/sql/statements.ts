/** The cursor of group $1 in partition $3 of topic $2. */
const CURSOR = "group_name = $1 AND topic_id = $2 AND partition_id = $3";

/** The fence: that cursor, while the claim of epoch $4 is not void. */
const HELD = `${CURSOR} AND epoch = $4 AND owner IS NOT NULL`;

const STATE = "group_name = $1 AND topic_id = $2 AND partition_id = $3 AND state = $4 AND state_key = $5";

export type StatementName =
  | "topic"
  | "bounds"
  | "read"
  | "appendedAt"
  | "acknowledged"
  | "held"
  | "commit"
  | "mark"
  | "release"
  | "releaseInOrder"
  | "state"
  | "setState"
  | "removeState";

/** Statements that read the same in both databases. SQLite writes `?1` where they have `$1`. */
export const STATEMENTS: Readonly<Record<StatementName, string>> = {
  topic: "SELECT topic_id, partitions FROM eventy_topic WHERE name = $1",
  bounds: "SELECT begin_offset, end_offset FROM eventy_head WHERE topic_id = $1 AND partition_id = $2",
  read: `SELECT record_offset, appended_at, record_key, value, headers FROM eventy_record
    WHERE topic_id = $1 AND partition_id = $2 AND record_offset >= $3 ORDER BY record_offset LIMIT $4`,
  appendedAt: `SELECT appended_at FROM eventy_record
    WHERE topic_id = $1 AND partition_id = $2 AND record_offset >= $3 ORDER BY record_offset LIMIT 1`,
  acknowledged: `SELECT acknowledged FROM eventy_cursor WHERE ${CURSOR}`,
  held: `SELECT epoch FROM eventy_cursor WHERE ${HELD}`,
  commit: `UPDATE eventy_cursor SET acknowledged = $5, mark_offset = $6, mark_until = $7, mark_attempt = $8
    WHERE ${HELD} AND acknowledged < $5`,
  mark: `UPDATE eventy_cursor SET mark_offset = $5, mark_until = $6, mark_attempt = $7 WHERE ${HELD}`,
  release: `UPDATE eventy_cursor SET owner = NULL WHERE ${HELD}`,
  releaseInOrder: `UPDATE eventy_cursor SET owner = NULL, mark_offset = NULL, mark_until = NULL, mark_attempt = NULL
    WHERE ${HELD}`,
  state: `SELECT value FROM eventy_state WHERE ${STATE}`,
  setState: `INSERT INTO eventy_state (group_name, topic_id, partition_id, state, state_key, value)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (group_name, topic_id, partition_id, state, state_key) DO UPDATE SET value = excluded.value`,
  removeState: `DELETE FROM eventy_state WHERE ${STATE}`,
};
