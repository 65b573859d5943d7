import type { PostgresqlStatement } from "../client.js";
import { NOW, prepared } from "./statement.js";

/** Has member $1 alive for $4 more milliseconds. */
export const RENEW_LEASE: PostgresqlStatement = prepared(
  "renew_lease",
  `INSERT INTO eventy_member (member, group_name, topics, expires_at) VALUES ($1, $2, $3, ${NOW} + $4::bigint)
  ON CONFLICT (member) DO UPDATE SET expires_at = excluded.expires_at`,
);

/** Ends member $1 of group $2, and what it may still own. */
export const END_LEASE: PostgresqlStatement = prepared(
  "end_lease",
  `WITH ended AS (DELETE FROM eventy_member WHERE member = $1)
  UPDATE eventy_cursor SET owner = NULL, backend_pid = NULL WHERE group_name = $2 AND owner = $1`,
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
