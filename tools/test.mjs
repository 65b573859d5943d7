// Runs every test of the repository and adds them up; the last line is `N passed, N failed`.
// Arguments are passed on to vitest: `npm test -- record` runs the test files whose path holds "record".

import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cache } from "./lib/root.mjs";
import { run } from "./lib/run.mjs";
import { totals } from "./lib/totals.mjs";
import { countVitest } from "./lib/vitest-report.mjs";

const reports = join(cache, "test-reports", String(process.pid));
mkdirSync(reports, { recursive: true });

const runs = [await vitest(process.argv.slice(2))];
rmSync(reports, { recursive: true });

const { passed, failed, skipped, problems } = totals(runs, { skippedFail: process.env["CI"] === "true" });
for (const problem of problems) console.log(problem);
if (skipped > 0) console.log(`${skipped} skipped`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** @param {readonly string[]} args */
async function vitest(args) {
  const report = join(reports, "vitest.json");
  const exitCode = await run(process.execPath, [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...args,
  ]);
  return { name: "vitest", exitCode, counts: countVitest(read(report)) };
}

/**
 * A report that is missing or not JSON is an empty one: the run then counts as failed.
 *
 * @param {string} file
 */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return { success: true, testResults: [] };
  }
}
