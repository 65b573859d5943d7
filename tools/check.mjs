// Checks everything that no test covers. All steps run, even if one fails.
// `npm run check -- lint types` runs the steps of these names only.

import { availableParallelism } from "node:os";
import { steps } from "./checks/steps.mjs";
import { capture } from "./lib/run.mjs";
import { runningLine } from "./lib/running-line.mjs";

/** @typedef {import("./checks/steps.mjs").Step} Step */

const progress = runningLine(process.stdout);
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(
    `No step is named ${unknown.join(", ")}. There are: ${steps.map((step) => step.name).join(", ")}`,
  );
  process.exit(1);
}

const chosen = steps.filter((step) => wanted.length === 0 || wanted.includes(step.name));
const failed = await runAll([...chosen], Math.min(availableParallelism(), 4));
console.log(failed.length === 0 ? `\nAll ${chosen.length} checks passed.` : `\nFailed: ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;

/**
 * @param {Step[]} queue
 * @param {number} workers
 */
async function runAll(queue, workers) {
  /** @type {string[]} */
  const failures = [];
  async function work() {
    for (let step = queue.shift(); step !== undefined; step = queue.shift())
      if (!(await runOne(step))) failures.push(step.name);
  }
  await Promise.all(Array.from({ length: workers }, work));
  return failures;
}

/** @param {Step} step */
async function runOne({ name, title, command, hint }) {
  progress.start(name);
  const start = performance.now();
  const { code, output } = await capture(process.execPath, command);
  const heading = `${name}: ${title} (${((performance.now() - start) / 1000).toFixed(1)} s)`;
  progress.finish(name, code === 0 ? `✓ ${heading}` : `\n✗ ${heading}\n\n${output.trimEnd()}\n\n→ ${hint}\n`);
  return code === 0;
}
