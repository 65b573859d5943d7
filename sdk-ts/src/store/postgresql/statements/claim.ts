import { STATEMENTS } from "../../sql/statements.js";
import type { PostgresqlStatement } from "../client.js";
import { prepared } from "./statement.js";

/**
 * The fence of a transaction that acknowledges: the cursor of the epoch $4 moves from $5 to $6, and has the mark $7 to
 * $9. One row, or the claim is void.
 */
export const FENCE: PostgresqlStatement = prepared(
  "fence",
  `UPDATE eventy_cursor SET acknowledged = $6, mark_offset = $7, mark_until = $8, mark_attempt = $9
  WHERE group_name = $1 AND topic_id = $2 AND partition_id = $3
    AND epoch = $4 AND owner IS NOT NULL AND acknowledged = $5`,
);

/** Locks the cursor that {@link shared} `held` reads, so that no other claim begins meanwhile. */
export const HOLD: PostgresqlStatement = prepared("hold", `${STATEMENTS.held} FOR UPDATE`);

export const GIVE_BACK: PostgresqlStatement = prepared(
  "give_back",
  `UPDATE eventy_cursor SET owner = NULL, backend_pid = NULL,
    mark_offset = CASE WHEN $5::boolean THEN NULL ELSE mark_offset END,
    mark_until = CASE WHEN $5::boolean THEN NULL ELSE mark_until END,
    mark_attempt = CASE WHEN $5::boolean THEN NULL ELSE mark_attempt END
  WHERE group_name = $1 AND topic_id = $2 AND partition_id = $3 AND epoch = $4 AND owner IS NOT NULL`,
);

/** Begins a new epoch of member $5 on this connection. Waits for a transaction of the old epoch. */
export const RENEW_CLAIM: PostgresqlStatement = prepared(
  "renew_claim",
  `UPDATE eventy_cursor SET epoch = epoch + 1, backend_pid = pg_backend_pid()
  WHERE group_name = $1 AND topic_id = $2 AND partition_id = $3 AND epoch = $4 AND owner = $5
  RETURNING epoch, acknowledged, backend_pid`,
);

/** Upserts the rows ($4, $5) of a state; the values stand in $8 from the $6th byte on, $7 bytes long. */
export const SET_STATE: PostgresqlStatement = prepared(
  "set_states",
  `INSERT INTO eventy_state (group_name, topic_id, partition_id, state, state_key, value)
  SELECT $1, $2, $3, s.state, s.key, substring($8::bytea FROM s.at FOR s.length)
  FROM unnest($4::text[], $5::text[], $6::int[], $7::int[]) AS s(state, key, at, length)
  ON CONFLICT (group_name, topic_id, partition_id, state, state_key) DO UPDATE SET value = excluded.value`,
);

export const REMOVE_STATE: PostgresqlStatement = prepared(
  "remove_states",
  `DELETE FROM eventy_state s USING unnest($4::text[], $5::text[]) AS r(state, key)
  WHERE s.group_name = $1 AND s.topic_id = $2 AND s.partition_id = $3
    AND s.state = r.state AND s.state_key = r.key`,
);
