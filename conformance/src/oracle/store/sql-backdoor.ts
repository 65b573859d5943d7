import type { Backdoor } from "../../cases/backdoor.js";
import type { Statements } from "../../cases/database.js";

/** How one dialect has storage refuse all appends, as on a full disk. */
export interface Refusal {
  readonly refusing: readonly string[];
  readonly accepting: readonly string[];
}

const TOPIC_ID = "(SELECT topic_id FROM eventy_topic WHERE name = $1)";

/** What a case does to a store, in the tables of the SQL binding. */
export class SqlBackdoor implements Backdoor {
  readonly #database: Statements;
  readonly #refusal: Refusal;

  constructor(database: Statements, refusal: Refusal) {
    this.#database = database;
    this.#refusal = refusal;
  }

  async expireMembers(group: string): Promise<void> {
    await this.#database.run("UPDATE eventy_member SET expires_at = 0 WHERE group_name = $1", [group]);
  }

  async erase(topic: string, partition: number, below: number): Promise<void> {
    const place = [topic, partition, below] as const;
    await this.#database.run(
      `UPDATE eventy_head SET begin_offset = $3 WHERE topic_id = ${TOPIC_ID} AND partition_id = $2`,
      place,
    );
    await this.#database.run(
      `DELETE FROM eventy_record
       WHERE topic_id = ${TOPIC_ID} AND partition_id = $2 AND record_offset < $3`,
      place,
    );
  }

  async refuse(_: string, on: boolean): Promise<void> {
    const { refusing, accepting } = this.#refusal;
    for (const statement of on ? refusing : accepting) await this.#database.run(statement);
  }

  async isOpen(topic: string, partition: number): Promise<boolean> {
    const rows = await this.#database.run(
      `SELECT 1 FROM eventy_head JOIN eventy_topic USING (topic_id)
       WHERE name = $1 AND partition_id = $2 FOR UPDATE OF eventy_head SKIP LOCKED`,
      [topic, partition],
    );
    return rows.length === 0;
  }

  async fence(group: string, topic: string, partition: number): Promise<void> {
    await this.#database.run(
      `UPDATE eventy_cursor SET epoch = epoch + 1, owner = NULL, backend_pid = NULL
       WHERE topic_id = ${TOPIC_ID} AND partition_id = $2 AND group_name = $3`,
      [topic, partition, group],
    );
  }

  async owners(group: string, topic: string): Promise<readonly (string | undefined)[]> {
    const rows = await this.#database.run(
      `SELECT owner FROM eventy_cursor JOIN eventy_topic USING (topic_id)
       WHERE group_name = $1 AND name = $2 ORDER BY partition_id`,
      [group, topic],
    );
    return rows.map(({ owner }) => (owner === null ? undefined : String(owner)));
  }
}

/** SQLite. */
export const SQLITE_REFUSAL: Refusal = {
  refusing: [
    `CREATE TRIGGER refusing BEFORE INSERT ON eventy_record
     BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`,
  ],
  accepting: ["DROP TRIGGER refusing"],
};

/** PostgreSQL. */
export const POSTGRESQL_REFUSAL: Refusal = {
  refusing: [
    `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $body$
     BEGIN RAISE EXCEPTION 'could not extend file: no space left on device' USING ERRCODE = '53100'; END $body$`,
    `CREATE TRIGGER refusing BEFORE INSERT ON eventy_record
     FOR EACH STATEMENT EXECUTE FUNCTION refuse()`,
  ],
  accepting: ["DROP TRIGGER refusing ON eventy_record"],
};
