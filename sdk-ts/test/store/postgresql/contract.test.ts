import { afterAll, beforeAll, describe, test } from "vitest";
import { type PostgresqlConnection, PostgresqlStore } from "../../../src/store/postgresql/index.js";
import { storeContract } from "../../../src/testing/index.js";
import { createDatabase, type TestDatabase } from "./database.js";

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
  await database.query("CREATE TABLE work_done (name text)");
});
afterAll(() => database.end());

describe("PostgresqlStore", () => {
  const checks = storeContract({
    open: async () => new PostgresqlStore({ connectionString: database.url }),
    shared: true,
    deleteBefore: async (_, { topic, partition }, offset) => {
      const where = "topic_id = (SELECT topic_id FROM eventy_topic WHERE name = $1) AND partition_id = $2";
      await database.query(`UPDATE eventy_head SET begin_offset = $3 WHERE ${where}`, [
        topic,
        partition,
        offset,
      ]);
      await database.query(`DELETE FROM eventy_record WHERE ${where} AND record_offset < $3`, [
        topic,
        partition,
        offset,
      ]);
    },
    expel: async (_, { group, topic, partition }) => {
      await database.query(
        `UPDATE eventy_cursor SET owner = NULL, epoch = epoch + 1 WHERE group_name = $1 AND partition_id = $3
          AND topic_id = (SELECT topic_id FROM eventy_topic WHERE name = $2)`,
        [group, topic, partition],
      );
      await database.query("SELECT pg_notify('eventy_group', $1)", [group]);
    },
    work: {
      change: async (connection, name) => {
        await (connection as PostgresqlConnection).query("INSERT INTO work_done VALUES ($1)", [name]);
      },
      isThere: async (connection, name) => {
        const { rows } = await (connection as PostgresqlConnection).query(
          "SELECT FROM work_done WHERE name = $1",
          [name],
        );
        return rows.length > 0;
      },
    },
  });
  test.each(checks.map(({ name, run }) => [name, run] as const))("%s", (_, run) => run());
});
