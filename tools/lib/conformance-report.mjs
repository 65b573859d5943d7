/** @typedef {import("./vitest-report.mjs").Counts} Counts */

/**
 * Counts the cases of a report that the conformance suite wrote as JSON.
 *
 * A case passes when it came out as expected, which for one of the known failures is to fail.
 *
 * @param {unknown} report
 * @param {{ claimsAll: boolean }} options whether the implementation is to claim everything, so that a case
 *   that is skipped for want of a capability is missing
 * @returns {Counts}
 * @throws Error when it is not such a report
 */
export function countConformance(report, { claimsAll }) {
  const { cases, ok } = /** @type {ConformanceReport} */ (report ?? {});
  if (!Array.isArray(cases))
    throw new Error("not a JSON report of the conformance suite: `cases` is missing");
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { verdict, unexpected } of cases) {
    if (unexpected) counts.failed++;
    else if (verdict !== "VERDICT_SKIPPED") counts.passed++;
    else if (claimsAll) counts.skipped++;
  }
  if (!ok && counts.failed === 0) counts.failed++;
  return counts;
}

/** @typedef {{ ok: boolean, cases: { verdict: string, unexpected: boolean }[] }} ConformanceReport */
