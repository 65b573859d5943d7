import { STATEMENTS, type StatementName } from "../sql/statements.js";
import type { PostgresqlStatement } from "./client.js";

/** A statement that is prepared once for each connection. */
function prepared(name: string, text: string): PostgresqlStatement {
  return { name: `eventy_${name}`, text };
}

/** One that reads the same in both databases. */
export function shared(name: StatementName, values: readonly unknown[]): PostgresqlStatement {
  return { ...prepared(name, STATEMENTS[name]), values };
}

/** Milliseconds since 1970 by the clock of the database. */
const NOW = "floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

/**
 * What a connection begins with, whatever the defaults of server, database and user are. $1: milliseconds that a
 * statement may take; $2: those that a transaction may wait for its client; $3: the schema or null.
 */
export const SET_UP: PostgresqlStatement = {
  text: `SELECT set_config('statement_timeout', $1, false),
    set_config('idle_in_transaction_session_timeout', $2, false),
    set_config('tcp_user_timeout', $2, false),
    set_config('default_transaction_isolation', 'read committed', false),
    set_config('synchronous_commit',
      CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END,
      false),
    set_config('search_path', CASE WHEN $3::text IS NULL THEN current_setting('search_path')
      ELSE quote_ident($3) || ', ' || current_setting('search_path') END, false)`,
};

export const BEGIN: PostgresqlStatement = { text: "BEGIN" };
export const COMMIT: PostgresqlStatement = { text: "COMMIT" };
export const ROLLBACK: PostgresqlStatement = { text: "ROLLBACK" };

/** The bytes of "eventy": whoever makes tables or topics holds this lock. */
export const LOCK_SCHEMA: PostgresqlStatement = { text: "SELECT pg_advisory_xact_lock(111559182283897)" };
export const SCHEMA_EXISTS: PostgresqlStatement = {
  text: "SELECT to_regnamespace(quote_ident($1)) IS NOT NULL AS found",
};
export const TABLES_EXIST: PostgresqlStatement = {
  text: "SELECT to_regclass(coalesce(quote_ident($1) || '.', '') || 'eventy_schema') IS NOT NULL AS found",
};

export const CREATE_TOPIC: PostgresqlStatement = prepared(
  "create_topic",
  `WITH topic AS (
    INSERT INTO eventy_topic (topic_id, name, partitions)
    SELECT coalesce(max(topic_id), 0) + 1, $1::text, $2::bigint FROM eventy_topic RETURNING topic_id
  )
  INSERT INTO eventy_head (topic_id, partition_id, begin_offset, end_offset, appended_at)
  SELECT topic_id, partition_id, 0, 0, 0 FROM topic, generate_series(0, $2::bigint - 1) AS partition_id`,
);

/**
 * Appends records to the partitions ($1, $2), of which each gets $3 records: locks their heads in ascending order,
 * moves them, and inserts those of the records that come with it. Such a record is one of partition $4 of these,
 * counted from 1, the $5th of those that it gets, counted from 0. Its value is the $8 bytes from the $7th on of $9,
 * counted from 1; null: no value. $6: keys; $10: headers. Gives the first offset of each partition.
 */
export const APPEND: PostgresqlStatement = prepared(
  "append",
  `WITH wanted AS (
    SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[])
      WITH ORDINALITY AS w(topic_id, partition_id, records, place)
  ), locked AS MATERIALIZED (
    SELECT h.topic_id, h.partition_id, h.end_offset, w.place, w.records,
      greatest(h.appended_at, ${NOW}) AS appended_at
    FROM eventy_head h JOIN wanted w USING (topic_id, partition_id)
    ORDER BY h.topic_id, h.partition_id FOR UPDATE OF h
  ), moved AS (
    UPDATE eventy_head h SET end_offset = l.end_offset + l.records, appended_at = l.appended_at
    FROM locked l WHERE h.topic_id = l.topic_id AND h.partition_id = l.partition_id
  ), inserted AS (
    INSERT INTO eventy_record (topic_id, partition_id, record_offset, appended_at, record_key, value, headers)
    SELECT l.topic_id, l.partition_id, l.end_offset + r.nth, l.appended_at, r.key,
      substring($9::bytea FROM r.at FOR r.length), r.headers
    FROM unnest($4::int[], $5::int[], $6::text[], $7::int[], $8::int[], $10::text[])
      AS r(place, nth, key, at, length, headers)
    JOIN locked l USING (place)
  )
  SELECT place, end_offset AS first, appended_at FROM locked`,
);

/** Inserts further records of an append, whose heads were moved: $1 to $4 are topic, partition, offset, time. */
export const INSERT: PostgresqlStatement = prepared(
  "insert",
  `INSERT INTO eventy_record (topic_id, partition_id, record_offset, appended_at, record_key, value, headers)
  SELECT r.topic_id, r.partition_id, r.record_offset, r.appended_at, r.key,
    substring($8::bytea FROM r.at FOR r.length), r.headers
  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::int[], $7::int[], $9::text[])
    AS r(topic_id, partition_id, record_offset, appended_at, key, at, length, headers)`,
);

/** What is below the bound of the head is lost, also if it is still there. */
const FROM_OFFSET = `topic_id = $1 AND partition_id = $2 AND record_offset >= greatest($3, (
    SELECT begin_offset FROM eventy_head WHERE topic_id = $1 AND partition_id = $2
  )) ORDER BY record_offset LIMIT`;

/**
 * The first $4 records of a partition from offset $3 on, as far as their values have $5 bytes together, and the
 * first one in any case. It looks at the sizes first, which are there without the values; mostly all of them fit.
 */
export const READ: PostgresqlStatement = {
  ...prepared(
    "read",
    `SELECT record_offset, appended_at, record_key, value, headers FROM eventy_record WHERE ${FROM_OFFSET}
    CASE WHEN (
      SELECT coalesce(sum(octet_length(value)), 0)
      FROM (SELECT value FROM eventy_record WHERE ${FROM_OFFSET} $4) AS wanted
    ) <= $5::bigint THEN $4::bigint ELSE (
      SELECT greatest(count(*), 1) FROM (
        SELECT sum(octet_length(value)) OVER (ORDER BY record_offset ROWS UNBOUNDED PRECEDING) AS bytes
        FROM eventy_record WHERE ${FROM_OFFSET} $4
      ) AS sized WHERE coalesce(bytes, 0) <= $5
    ) END`,
  ),
  rowMode: "array",
};

/** Which of the partitions ($1, $2) have records from offset $3 on. */
export const WITH_RECORDS: PostgresqlStatement = prepared(
  "with_records",
  `SELECT place FROM unnest($1::bigint[], $2::bigint[], $3::bigint[])
    WITH ORDINALITY AS w(topic_id, partition_id, record_offset, place)
  WHERE EXISTS (SELECT FROM eventy_record r WHERE r.topic_id = w.topic_id
    AND r.partition_id = w.partition_id AND r.record_offset >= w.record_offset)`,
);

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

/** Has statements of this transaction take at most $1 milliseconds, and tells which transaction it is. */
export const LIMIT_STATEMENTS: PostgresqlStatement = prepared(
  "limit_statements",
  "SELECT set_config('statement_timeout', $1, true), pg_current_xact_id()::text AS id",
);

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

/** Has member $1 alive for $4 more milliseconds. */
export const RENEW_LEASE: PostgresqlStatement = prepared(
  "renew_lease",
  `INSERT INTO eventy_member (member, group_name, topics, expires_at) VALUES ($1, $2, $3, ${NOW} + $4::bigint)
  ON CONFLICT (member) DO UPDATE SET expires_at = excluded.expires_at`,
);

export const END_LEASE: PostgresqlStatement = prepared(
  "end_lease",
  "DELETE FROM eventy_member WHERE member = $1",
);

export const FORGET_DEAD: PostgresqlStatement = prepared(
  "forget_dead",
  `DELETE FROM eventy_member WHERE group_name = $1 AND expires_at <= ${NOW}`,
);

export const LIVE_MEMBERS: PostgresqlStatement = prepared(
  "live_members",
  `SELECT member, topics, expires_at - ${NOW} AS left FROM eventy_member
  WHERE group_name = $1 AND expires_at > ${NOW} ORDER BY member`,
);

export const CURSORS: PostgresqlStatement = prepared(
  "cursors",
  `SELECT topic_id, partition_id, owner, backend_pid, epoch FROM eventy_cursor
  WHERE group_name = $1 AND topic_id = ANY($2::bigint[])`,
);

export const MAKE_CURSORS: PostgresqlStatement = prepared(
  "make_cursors",
  `INSERT INTO eventy_cursor (group_name, topic_id, partition_id, acknowledged, epoch)
  SELECT $1, topic_id, partition_id, acknowledged, 0
  FROM unnest($2::bigint[], $3::bigint[], $4::bigint[]) AS c(topic_id, partition_id, acknowledged)
  ON CONFLICT DO NOTHING`,
);

/** Ends the sessions $1, if they are of this protocol, and waits $2 milliseconds for each to be gone. */
export const END_SESSIONS: PostgresqlStatement = prepared(
  "end_sessions",
  `SELECT pg_terminate_backend(pid, $2) FROM pg_stat_activity
  WHERE pid = ANY($1::int[]) AND pid <> pg_backend_pid() AND application_name LIKE 'eventy%'`,
);

/** Has member $2 take those of the partitions ($3, $4) that are free and not locked, to write on this connection. */
export const TAKE: PostgresqlStatement = prepared(
  "take",
  `UPDATE eventy_cursor c SET owner = $2, epoch = c.epoch + 1, backend_pid = pg_backend_pid()
  FROM (
    SELECT group_name, topic_id, partition_id FROM eventy_cursor
    WHERE group_name = $1
      AND (topic_id, partition_id) IN (SELECT * FROM unnest($3::bigint[], $4::bigint[]))
      AND (owner IS NULL OR owner = $2 OR NOT EXISTS (
        SELECT FROM eventy_member WHERE member = owner AND expires_at > ${NOW}))
    FOR UPDATE SKIP LOCKED
  ) AS free
  WHERE (c.group_name, c.topic_id, c.partition_id) = (free.group_name, free.topic_id, free.partition_id)
  RETURNING c.topic_id, c.partition_id, c.epoch, c.acknowledged, c.backend_pid, c.mark_offset, c.mark_until, c.mark_attempt`,
);

export const BOUNDS_OF: PostgresqlStatement = prepared(
  "bounds_of",
  `SELECT topic_id, partition_id, begin_offset, end_offset FROM eventy_head WHERE topic_id = ANY($1::bigint[])`,
);

/** Whether group $1 has records left in one of the topics $2. */
export const RECORDS_LEFT: PostgresqlStatement = prepared(
  "records_left",
  `SELECT EXISTS (
    SELECT FROM eventy_head h
    LEFT JOIN eventy_cursor c ON c.group_name = $1 AND c.topic_id = h.topic_id AND c.partition_id = h.partition_id
    WHERE h.topic_id = ANY($2::bigint[]) AND EXISTS (
      SELECT FROM eventy_record r WHERE r.topic_id = h.topic_id AND r.partition_id = h.partition_id
        AND r.record_offset >= coalesce(c.acknowledged, h.begin_offset))
  ) AS found`,
);

/** Tells those who listen on channel $1 each of $2. */
export const NOTIFY: PostgresqlStatement = prepared(
  "notify",
  "SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload",
);
