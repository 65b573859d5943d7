import { copyFileSync, existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EventyError } from "@eventy/sdk/record";
import type { MutateParts } from "../kit/parts.js";
import {
  leavesOut,
  renewsOnlyAtFirst,
  rewrites,
  withAnswers,
  withPostgresql,
  withTexts,
} from "../kit/sql.js";
import { misprocessing, type StoreMutant } from "../kit/store-mutant.js";

const FOR_EVER_MS = 2_000_000_000;

/** Mutants of the SQL binding. */
export const sqlMutants: readonly StoreMutant[] = [
  ...misprocessing(
    "SQL-001",
    { "names a column otherwise": rewrites("record_key", "rec_key") },
    "postgresql",
  ),
  ...misprocessing("SQL-002", { "makes tables of its own": rewrites(/\beventy_/g, "own_") }, "postgresql"),
  ...misprocessing(
    "SQL-003",
    {
      "does not look at the version of the tables": withAnswers(async (statement, run) => {
        const result = await run(statement);
        if (!/^SELECT\b.*\bversion\b.*eventy_schema/s.test(statement.text)) return result;
        return { ...result, rows: [{ version: "1" }] };
      }),
    },
    "postgresql",
  ),
  ...misprocessing(
    "SQL-004",
    {
      "writes the time of appends in seconds": rewrites(
        "l.appended_at, r.key",
        "l.appended_at / 1000, r.key",
      ),
    },
    "postgresql",
  ),
  ...misprocessing(
    "SQL-005",
    { "reads the end before it has the lock": rewrites(" FOR UPDATE OF h", "") },
    "postgresql",
  ),
  ...misprocessing(
    "SQL-006",
    {
      "locks heads in descending order": rewrites(
        "ORDER BY h.topic_id, h.partition_id FOR",
        "ORDER BY h.topic_id DESC, h.partition_id DESC FOR",
      ),
    },
    "postgresql",
  ),
  ...misprocessing(
    "SQL-007",
    { "waits for notifications alone": withPostgresql({ pollMs: FOR_EVER_MS }) },
    "postgresql",
  ),
  ...misprocessing(
    "SQL-008",
    {
      "takes the oldest record that is there for the bound": rewrites(/greatest\(\$3, \([^)]*\)\)/g, "$3"),
    },
    "postgresql",
  ),
  ...misprocessing("SQL-009", { "renews no lease": renewsOnlyAtFirst() }, "postgresql"),
  ...misprocessing(
    "SQL-011",
    { "begins claims without a new epoch": rewrites("epoch = c.epoch + 1", "epoch = c.epoch") },
    "postgresql",
  ),
  ...misprocessing(
    "SQL-012",
    {
      "takes partitions of members that are alive": rewrites(
        /AND \(owner IS NULL OR owner = \$2 OR NOT EXISTS \(.*?\)\)/gs,
        "",
      ),
    },
    "postgresql",
  ),
  ...misprocessing(
    "SQL-013",
    {
      "leaves its row of the members": rewrites(
        "DELETE FROM eventy_member WHERE member = $1",
        "SELECT $1::text",
      ),
      "leaves its name in the cursors": leavesOut(/UPDATE eventy_cursor SET owner = NULL/),
    },
    "postgresql",
  ),
  ...misprocessing(
    "SQL-014",
    {
      "ends no session of a member that is dead": withTexts((text) => {
        if (/pg_terminate_backend/.test(text)) return null;
        return text.replace(
          "'idle_in_transaction_session_timeout', $2",
          "'idle_in_transaction_session_timeout', '0'",
        );
      }),
    },
    "postgresql",
  ),
  ...misprocessing(
    "SQL-015",
    {
      "commits under an old epoch": rewrites(
        /AND epoch = \$4 AND owner IS NOT NULL/g,
        "AND $4 = $4 AND owner IS NOT NULL",
      ),
    },
    "postgresql",
  ),
  ...misprocessing(
    "SQL-020",
    {
      "takes itself for the only member": withAnswers(async (statement, run) => {
        const result = await run(statement);
        if (!statement.text.includes("expires_at - ")) return result;
        const [own] = result.rows;
        return { ...result, rows: own === undefined ? [] : [own] };
      }),
    },
    "postgresql",
  ),
  ...misprocessing("SQL-017", { "opens a copy of a file that is in use": opensCopies() }),
];

function opensCopies(): MutateParts {
  return (parts) => ({
    ...parts,
    openStore: async (open) => {
      try {
        return await parts.openStore(open);
      } catch (error) {
        if (!(error instanceof EventyError) || error.code !== "STORE_IN_USE") throw error;
        const location = join(mkdtempSync(join(tmpdir(), "eventy-mutant-")), "copy.db");
        if (existsSync(open.location)) copyFileSync(open.location, location);
        return parts.openStore({ ...open, location });
      }
    },
  });
}
