/**
 * What a report says of the tests that it covers.
 *
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/**
 * Counts the tests of a report that vitest wrote as JSON.
 *
 * A file that could not be loaded holds no test, and counts as one that failed.
 *
 * @param {unknown} report
 * @returns {Counts}
 * @throws Error when it is not such a report
 */
export function countVitest(report) {
  const { testResults, success } = /** @type {VitestReport} */ (report ?? {});
  if (!Array.isArray(testResults)) throw new Error("not a JSON report of vitest: `testResults` is missing");
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const file of testResults) {
    const before = counts.failed;
    for (const { status } of file.assertionResults) {
      if (status === "passed") counts.passed++;
      else if (status === "failed") counts.failed++;
      else counts.skipped++;
    }
    if (file.status === "failed" && counts.failed === before) counts.failed++;
  }
  // An error outside every test, such as a rejection that nobody handled.
  if (!success && counts.failed === 0) counts.failed++;
  return counts;
}

/**
 * @typedef {{
 *   success: boolean,
 *   testResults: { name: string, status: string, assertionResults: { status: string }[] }[],
 * }} VitestReport
 */
