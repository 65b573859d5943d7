// Runs every test of the repository, and the conformance suite against the two real implementations, and adds
// them up; the last line is `N passed, N failed`. With arguments it runs only vitest, and passes them on:
// `npm test -- record` runs the test files whose path holds "record".

import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { kafkaLack } from "@eventy/conformance/dist/src/servers/kafka/problem.js";
import { countConformance } from "./lib/conformance-report.mjs";
import { cache } from "./lib/root.mjs";
import { run } from "./lib/run.mjs";
import { totals } from "./lib/totals.mjs";
import { countVitest } from "./lib/vitest-report.mjs";

/** @typedef {import("./lib/vitest-report.mjs").Counts} Counts */

const reports = join(cache, "test-reports", String(process.pid));
mkdirSync(reports, { recursive: true });

const lack = kafkaLack();
const selection = process.argv.slice(2);
const runs = [await vitest(selection)];
if (selection.length === 0) {
  const kafka = lack === undefined ? ["kafka"] : [];
  runs.push(
    await conformance("typescript", ["sqlite", "memory", "postgresql", ...kafka], { claimsAll: true }),
  );
  // Much of it is waiting for what never comes, and what comes of faults is luck.
  const waiting = ["--timeout", "15", "--without", "processes,proxy,server,cluster"];
  runs.push(
    await conformance("python-eventy", ["memory", ...kafka], {
      claimsAll: false,
      parallel: 5,
      more: waiting,
    }),
  );
}

const { passed, failed, skipped, problems } = totals(runs, { skippedFail: process.env["CI"] === "true" });
console.log("");
for (const { name, counts } of runs)
  console.log(`${name}: ${counts.passed} of ${counts.passed + counts.failed + counts.skipped} passed`);
for (const problem of problems) console.log(problem);
if (lack !== undefined) console.log(`What runs on Kafka was SKIPPED: ${lack}`);
if (skipped > 0) console.log(`${skipped} skipped`);
if (failed === 0) rmSync(reports, { recursive: true });
else console.log(`Reports: ${reports}`);
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
  return { name: "vitest", exitCode, counts: countsIn([report], ([found]) => countVitest(found)) };
}

/**
 * Runs the suite on each binding; what needs no store, on the first one only.
 *
 * @param {string} testee
 * @param {readonly string[]} bindings
 * @param {{ claimsAll: boolean, parallel?: number, more?: readonly string[] }} options
 */
async function conformance(testee, bindings, { claimsAll, parallel = 2, more = [] }) {
  let exitCode = 0;
  const files = [];
  for (const [index, binding] of bindings.entries()) {
    const folder = join(reports, `${testee}-${binding}`);
    console.log(`\nConformance of ${testee} on ${binding}`);
    const program = "conformance/bin/eventy-conformance.js";
    const args = ["--testee", testee, "--binding", binding, "--report", folder, "--format", "json"];
    args.push(
      "--parallel",
      String(parallel),
      ...(index === 0 ? [] : ["--profile", "store,processing"]),
      ...more,
    );
    exitCode = Math.max(exitCode, await run(process.execPath, [program, "run", ...args]));
    files.push(join(folder, "report.json"));
  }
  const counts = countsIn(files, (found) => countConformance(found, { claimsAll }));
  return { name: `conformance of ${testee} on ${bindings.join(", ")}`, exitCode, counts };
}

/**
 * What reports count; nothing, if one is missing or broken, so that the run does not pass.
 *
 * @param {readonly string[]} files
 * @param {(reports: readonly unknown[]) => Counts} count
 * @returns {Counts}
 */
function countsIn(files, count) {
  try {
    return count(files.map((file) => JSON.parse(readFileSync(file, "utf8"))));
  } catch (error) {
    console.log(`No report: ${error instanceof Error ? error.message : error}`);
    return { passed: 0, failed: 0, skipped: 0, failures: [] };
  }
}
