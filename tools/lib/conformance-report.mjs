/** @typedef {import("./vitest-report.mjs").Counts} Counts */

/**
 * Counts the cases of reports that the conformance suite wrote as JSON, one for each binding that one
 * implementation was run on.
 *
 * A case passes when it came out as expected, which for one of the known failures is to fail.
 *
 * @param {readonly unknown[]} reports
 * @param {{ claimsAll: boolean }} options whether the implementation is to claim everything, so that a case
 *   that ran on no binding, for want of a capability or of a server, is missing
 * @returns {Counts}
 * @throws Error when one is not such a report
 */
export function countConformance(reports, { claimsAll }) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const ran = new Set();
  const skipped = new Set();
  for (const report of reports) {
    const { cases, ok } = /** @type {ConformanceReport} */ (report ?? {});
    if (!Array.isArray(cases))
      throw new Error("not a JSON report of the conformance suite: `cases` is missing");
    let failed = 0;
    for (const { id, verdict, unexpected } of cases) {
      (verdict === "VERDICT_SKIPPED" ? skipped : ran).add(id);
      if (unexpected) failed++;
      else if (verdict !== "VERDICT_SKIPPED") counts.passed++;
    }
    counts.failed += !ok && failed === 0 ? 1 : failed;
  }
  if (claimsAll) counts.skipped = [...skipped].filter((id) => !ran.has(id)).length;
  return counts;
}

/** @typedef {{ ok: boolean, cases: { id: string, verdict: string, unexpected: boolean }[] }} ConformanceReport */
