// Runs every test of the repository, and the conformance suite against the two real implementations, and adds
// them up; the last line is `N passed, N failed`. With arguments it runs only vitest, and passes them on:
// `npm test -- record` runs the test files whose path holds "record".

import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { countConformance } from "./lib/conformance-report.mjs";
import { cache } from "./lib/root.mjs";
import { run } from "./lib/run.mjs";
import { totals } from "./lib/totals.mjs";
import { countVitest } from "./lib/vitest-report.mjs";

/** @typedef {import("./lib/vitest-report.mjs").Counts} Counts */

const reports = join(cache, "test-reports", String(process.pid));
mkdirSync(reports, { recursive: true });

const selection = process.argv.slice(2);
const runs = [await vitest(selection)];
if (selection.length === 0) {
  runs.push(await conformance("typescript", { claimsAll: true }));
  runs.push(await conformance("python-eventy", { claimsAll: false }));
}
rmSync(reports, { recursive: true });

const { passed, failed, skipped, problems } = totals(runs, { skippedFail: process.env["CI"] === "true" });
console.log("");
for (const { name, counts } of runs)
  console.log(`${name}: ${counts.passed} of ${counts.passed + counts.failed + counts.skipped} passed`);
for (const problem of problems) console.log(problem);
if (skipped > 0) console.log(`${skipped} skipped`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** @param {readonly string[]} selection */
async function vitest(selection) {
  const report = join(reports, "vitest.json");
  const exitCode = await run(process.execPath, [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...selection,
  ]);
  return { name: "vitest", exitCode, counts: countsIn(report, countVitest) };
}

/**
 * @param {string} testee
 * @param {{ claimsAll: boolean }} options
 */
async function conformance(testee, options) {
  const folder = join(reports, testee);
  console.log(`\nConformance of ${testee}`);
  const program = "conformance/bin/eventy-conformance.js";
  const args = ["--testee", testee, "--report", folder, "--format", "json"];
  const exitCode = await run(process.execPath, [program, "run", ...args]);
  const counts = countsIn(join(folder, "report.json"), (report) => countConformance(report, options));
  return { name: `conformance of ${testee}`, exitCode, counts };
}

/**
 * What a report counts; nothing, if it is missing or broken, so that the run does not pass.
 *
 * @param {string} file
 * @param {(report: unknown) => Counts} count
 * @returns {Counts}
 */
function countsIn(file, count) {
  try {
    return count(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    console.log(`No report: ${error instanceof Error ? error.message : error}`);
    return { passed: 0, failed: 0, skipped: 0 };
  }
}
