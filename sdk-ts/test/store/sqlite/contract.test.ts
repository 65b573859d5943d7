import Database from "libsql";
import { beforeAll, describe, test } from "vitest";
import { type SqliteConnection, SqliteStore } from "../../../src/store/sqlite/index.js";
import { storeContract } from "../../../src/testing/index.js";
import { temporaryFolder } from "../../temporary-folder.js";

describe("SqliteStore", () => {
  const folder = temporaryFolder();
  const file = folder.path("contract.db");
  beforeAll(() => {
    const database = new Database(file);
    database.exec("CREATE TABLE work (name TEXT PRIMARY KEY)");
    database.close();
  });

  const checks = storeContract({
    open: async () => new SqliteStore(file),
    expel: async (store, claim) => (store as SqliteStore).expel(claim),
    deleteBefore: async (store, partition, offset) => (store as SqliteStore).deleteBefore(partition, offset),
    work: {
      change: async (connection, name) => {
        const database = connection as SqliteConnection;
        database.prepare("INSERT INTO work (name) VALUES (?)").run(name);
      },
      isThere: async (connection, name) =>
        (connection as SqliteConnection).prepare("SELECT 1 FROM work WHERE name = ?").get(name) !== undefined,
    },
  });
  test.each(checks.map(({ name, run }) => [name, run] as const))("%s", (_, run) => run());
});
