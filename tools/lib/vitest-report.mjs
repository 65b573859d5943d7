/**
 * What a report says of the tests that it covers.
 *
 * `failures` says which tests failed, and why.
 *
 * @typedef {{ passed: number, failed: number, skipped: number, failures: readonly string[] }} Counts
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
  const counts = { passed: 0, failed: 0, skipped: 0, failures: /** @type {string[]} */ ([]) };
  for (const file of testResults) {
    const before = counts.failed;
    for (const { status, fullName, failureMessages } of file.assertionResults) {
      if (status === "passed") counts.passed++;
      else if (status === "failed") {
        counts.failed++;
        counts.failures.push(`${file.name}, ${fullName}: ${failureMessages[0]}`);
      } else counts.skipped++;
    }
    if (file.status === "failed" && counts.failed === before) {
      counts.failed++;
      counts.failures.push(`${file.name}: ${file.message}`);
    }
  }
  // An error outside every test, such as a rejection that nobody handled.
  if (!success && counts.failed === 0) counts.failed++;
  return counts;
}

/**
 * @typedef {{
 *   success: boolean,
 *   testResults: {
 *     name: string,
 *     status: string,
 *     message: string,
 *     assertionResults: { status: string, fullName: string, failureMessages: string[] }[],
 *   }[],
 * }} VitestReport
 */
