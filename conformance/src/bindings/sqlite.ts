import { join } from "node:path";
import type { Need } from "../cases/binding.js";
import type { Statements } from "../cases/database.js";
import { Binding as BindingKind } from "../gen/proto/eventy/conformance/v1/testee_pb.js";
import { SQLITE_REFUSAL, SqlBackdoor } from "../oracle/store/sql-backdoor.js";
import { SqlOracle } from "../oracle/store/sql-oracle.js";
import { readSqlite, runSqlite } from "../oracle/store/sqlite.js";
import type { BindingHost, Lack, Place } from "./host.js";
import { makeTempFolder, removeTempFolder } from "./temp-folder.js";

/** Stores in SQLite files, one for each case. */
export class SqliteHost implements BindingHost {
  readonly name = "sqlite";
  readonly isSelfObserved = false;

  lacks(need: Need): Lack {
    return { reason: need === "processes" ? "a SQLite file serves one process" : `SQLite has no ${need}` };
  }

  async open(): Promise<Place> {
    const folder = makeTempFolder();
    const file = join(folder, "store.db");
    const open = { binding: BindingKind.SQLITE, location: file };
    const statements = (killAll: () => Promise<void>): Statements => ({
      run: async (sql, parameters = []) => {
        await killAll();
        return runSqlite(file, sql, parameters);
      },
    });
    return {
      binding: { name: "sqlite", open, openDirect: open },
      oracle: (_, { killAll }) =>
        new SqlOracle(async (sql, parameters) => {
          await killAll();
          return readSqlite(file, sql, parameters);
        }),
      database: (killAll) => ({
        ...statements(killAll),
        begin: () => Promise.reject(new Error("the case holds a transaction open in a SQLite file")),
      }),
      backdoor: (killAll) => new SqlBackdoor(statements(killAll), SQLITE_REFUSAL),
      close: async () => removeTempFolder(folder),
    };
  }

  async close(): Promise<void> {}
}
