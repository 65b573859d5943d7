import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SqliteStore } from "@eventy/sdk/store/sqlite";
import { Closing } from "../closing.js";
import { drainContender } from "../store/drain.js";
import { storeParts } from "../store/parts.js";
import type { Suite, SuiteOptions } from "../suite.js";
import { bareLoops } from "./bare-loop.js";

/** SQLite against the bare loop on the same tables. */
export async function sqliteSuite({ quick }: SuiteOptions): Promise<Suite> {
  const closing = new Closing();
  const folder = mkdtempSync(join(tmpdir(), "eventy-bench-"));
  closing.add(() => rmSync(folder, { recursive: true }));

  async function open(label: string): Promise<SqliteStore> {
    const store = new SqliteStore(join(folder, `${label}.db`));
    closing.add(() => store.close());
    return store;
  }

  const bare = bareLoops(join(folder, "bare.db"));
  closing.add(bare.close);
  const parts = await storeParts({
    open,
    // No other process opens the file.
    outside: async (_, store) => store,
    rivals: [
      { contender: drainContender(bare.plain), target: 0.5 },
      { contender: drainContender(bare.tuned) },
      { contender: drainContender(bare.byHand) },
    ],
    bareAppend: bare.append,
    quick,
  });
  return { parts, effort: { rounds: 9, turn: 300 }, close: () => closing.close() };
}
