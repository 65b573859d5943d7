import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { afterAll, describe, expect, it } from "vitest";
import { MIGRATIONS } from "../../../../sdk-ts/src/store/sql/migrations.js";
import { SqlOracle } from "../../../src/oracle/store/sql-oracle.js";
import { readSqlite } from "../../../src/oracle/store/sqlite.js";
import { toValue } from "../../../src/oracle/values.js";

const folder = mkdtempSync(join(tmpdir(), "eventy-oracle-"));
const file = join(folder, "store.db");
const oracle = new SqlOracle(async (sql, parameters) => readSqlite(file, sql, parameters));
const place = { group: "g", state: "s", topic: "a", partition: 1 };

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the oracle of SQLite", () => {
  it("sees nothing where there is no file", async () => {
    expect(await oracle.records("a", 2)).toEqual([]);
    expect(await oracle.acknowledged("g", "a", 1)).toBeNull();
    expect(await oracle.mark("g", "a", 1)).toBeNull();
    expect(await oracle.state(place, "k")).toBeUndefined();
  });

  it("reads the tables, and what is only in the log of the file, which it leaves alone", async () => {
    const database = new Database(file);
    database.pragma("journal_mode = WAL");
    const dialect = { text: "TEXT", bigint: "INTEGER", bytes: "BLOB" };
    for (const statement of MIGRATIONS.flatMap((migration) => migration(dialect))) database.exec(statement);
    database.exec(`
      INSERT INTO eventy_topic VALUES (7, 'a', 2), (8, 'b', 1);
      INSERT INTO eventy_record VALUES (7, 1, 0, 5, 'k', x'00ff', '{"x":"y"}'), (7, 0, 3, 5, NULL, NULL, '{}'),
        (8, 0, 0, 5, 'other', x'00', '{}');
      INSERT INTO eventy_cursor VALUES ('g', 7, 1, 4, 1, NULL, NULL, 4, 6, 2), ('g', 7, 0, 1, 1, NULL, NULL, NULL, NULL, NULL);
      INSERT INTO eventy_state VALUES ('g', 's', 7, 1, 'k', CAST('{"n":9007199254740993}' AS BLOB))`);

    expect(await oracle.records("a", 2)).toEqual([
      { topic: "a", partition: 0, offset: 3, key: null, value: null, headers: {} },
      {
        topic: "a",
        partition: 1,
        offset: 0,
        key: "k",
        value: new Uint8Array([0, 255]),
        headers: { x: "y" },
      },
    ]);
    expect(await oracle.records("a")).toHaveLength(1);
    expect(await oracle.acknowledged("g", "a", 1)).toBe(4);
    expect(await oracle.mark("g", "a", 1)).toEqual({ offset: 4, until: 6, attempt: 2 });
    expect(await oracle.mark("g", "a", 0)).toBeNull();
    expect(await oracle.state(place, "k")).toEqual(toValue({ n: 9007199254740993n }));
    expect(existsSync(`${file}-wal`)).toBe(true);
    database.close();
  });
});
