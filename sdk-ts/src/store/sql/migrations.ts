/** What differs between the databases in the definitions of the tables. */
export interface SchemaDialect {
  /** Type of texts of any length, compared byte by byte. */
  readonly text: string;
  /** Type of integers of 64 bits. */
  readonly bigint: string;
  /** Type of bytes of any length. */
  readonly bytes: string;
}

/** A step from one version of the tables to the next: statements, run in one transaction. */
export type Migration = (dialect: SchemaDialect) => readonly string[];

/**
 * The tables of the SQL binding, version by version. A migration that was
 * released is never changed: what comes after it is a new one. The number of
 * those that were run stands in the one row of `eventy_schema(version)`.
 */
export const MIGRATIONS: readonly Migration[] = [
  ({ text, bigint, bytes }) => [
    `CREATE TABLE eventy_topic (
      topic_id ${bigint} PRIMARY KEY,
      name ${text} NOT NULL UNIQUE,
      partitions ${bigint} NOT NULL
    )`,
    // One row for each partition. Locked by each append until it commits: offsets have no gaps and are never
    // visible out of order. `appended_at` is that of the newest record; no later record has a smaller one, even
    // if the clock jumps back, so that dates can be searched like offsets. Before the first record it is 0.
    `CREATE TABLE eventy_head (
      topic_id ${bigint} NOT NULL REFERENCES eventy_topic,
      partition_id ${bigint} NOT NULL,
      begin_offset ${bigint} NOT NULL,
      end_offset ${bigint} NOT NULL,
      appended_at ${bigint} NOT NULL,
      PRIMARY KEY (topic_id, partition_id)
    )`,
    `CREATE TABLE eventy_record (
      topic_id ${bigint} NOT NULL,
      partition_id ${bigint} NOT NULL,
      record_offset ${bigint} NOT NULL,
      appended_at ${bigint} NOT NULL,
      record_key ${text},
      value ${bytes},
      headers ${text} NOT NULL,
      PRIMARY KEY (topic_id, partition_id, record_offset)
    )`,
    // How far a group has come, and who may move it on: the member in `owner`, in the epoch that it took. The row
    // is made by the first claim, with the offset where the group begins as `acknowledged`.
    `CREATE TABLE eventy_cursor (
      group_name ${text} NOT NULL,
      topic_id ${bigint} NOT NULL REFERENCES eventy_topic,
      partition_id ${bigint} NOT NULL,
      acknowledged ${bigint} NOT NULL,
      epoch ${bigint} NOT NULL,
      owner ${text},
      backend_pid ${bigint},
      mark_offset ${bigint},
      mark_until ${bigint},
      mark_attempt ${bigint},
      PRIMARY KEY (group_name, topic_id, partition_id)
    )`,
    // One row for each process that is a member of a group; whoever is not heard of until `expires_at` is dead.
    `CREATE TABLE eventy_member (
      member ${text} PRIMARY KEY,
      group_name ${text} NOT NULL,
      topics ${text} NOT NULL,
      expires_at ${bigint} NOT NULL
    )`,
    `CREATE TABLE eventy_state (
      group_name ${text} NOT NULL,
      state ${text} NOT NULL,
      topic_id ${bigint} NOT NULL,
      partition_id ${bigint} NOT NULL,
      state_key ${text} NOT NULL,
      value ${bytes} NOT NULL,
      PRIMARY KEY (group_name, topic_id, partition_id, state, state_key)
    )`,
  ],
];
