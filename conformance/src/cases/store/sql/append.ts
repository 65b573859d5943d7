import type { OpenTransaction, Parameter } from "../../database.js";

/** Locks the head of a partition, as whoever appends does. */
export async function lockHead(
  transaction: OpenTransaction,
  topic: string,
  partition: number,
): Promise<void> {
  await transaction.run(
    `SELECT end_offset FROM eventy_head JOIN eventy_topic USING (topic_id)
     WHERE name = $1 AND partition_id = $2 FOR UPDATE OF eventy_head`,
    [topic, partition],
  );
}

interface Appended {
  readonly offset: number;
  readonly key: string | null;
  readonly value: Parameter;
  readonly headers: string;
}

/** Appends a record as the binding says, in a transaction that stays open. */
export async function append(
  transaction: OpenTransaction,
  topic: string,
  partition: number,
  { offset, key, value, headers }: Appended,
): Promise<void> {
  await lockHead(transaction, topic, partition);
  await transaction.run(
    `INSERT INTO eventy_record
     SELECT topic_id, $2::bigint, $3::bigint, appended_at, $4, $5::bytea, $6
     FROM eventy_topic JOIN eventy_head USING (topic_id) WHERE name = $1 AND partition_id = $2`,
    [topic, partition, offset, key, value, headers],
  );
  await transaction.run(
    `UPDATE eventy_head SET end_offset = $3
     WHERE partition_id = $2 AND topic_id = (SELECT topic_id FROM eventy_topic WHERE name = $1)`,
    [topic, partition, offset + 1],
  );
}
