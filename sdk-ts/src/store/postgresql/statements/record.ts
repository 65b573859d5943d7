import type { PostgresqlStatement } from "../client.js";
import { NOW, prepared } from "./statement.js";

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

export const BOUNDS_OF: PostgresqlStatement = prepared(
  "bounds_of",
  `SELECT topic_id, partition_id, begin_offset, end_offset FROM eventy_head WHERE topic_id = ANY($1::bigint[])`,
);
