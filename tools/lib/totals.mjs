/** @typedef {import("./vitest-report.mjs").Counts} Counts */

/**
 * Adds up what several test runs counted.
 *
 * A run that ended badly without a failed test, and one that ran no test, count as one failure each, so
 * that nothing that went wrong can look like success.
 *
 * @param {readonly { name: string, exitCode: number, counts: Counts }[]} runs
 * @param {{ skippedFail: boolean }} options whether a skipped test counts as failed
 * @returns {Omit<Counts, "failures"> & { problems: string[] }} the sums, and what a count alone does not show
 */
export function totals(runs, { skippedFail }) {
  const sum = { passed: 0, failed: 0, skipped: 0, problems: /** @type {string[]} */ ([]) };
  for (const { name, exitCode, counts } of runs) {
    sum.passed += counts.passed;
    sum.failed += counts.failed;
    sum.skipped += counts.skipped;
    sum.problems.push(...counts.failures.map((failure) => `FAILED ${name}: ${firstLine(failure)}`));
    if (counts.failed > 0) continue;
    const problem = problemOf(exitCode, counts);
    if (problem === null) continue;
    sum.failed++;
    sum.problems.push(`${name}: ${problem}`);
  }
  if (skippedFail && sum.skipped > 0) {
    sum.problems.push(`${sum.skipped} skipped, and where CI is set a skipped test is a failed one`);
    sum.failed += sum.skipped;
  }
  return sum;
}

/** @param {string} text */
function firstLine(text) {
  return text.split("\n", 1)[0];
}

/** @param {number} exitCode @param {Counts} counts */
function problemOf(exitCode, counts) {
  if (exitCode !== 0) return `ended with exit code ${exitCode}, though no test failed`;
  if (counts.passed + counts.skipped === 0) return "ran no test";
  return null;
}
