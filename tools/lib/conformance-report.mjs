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
  const counts = { passed: 0, failed: 0, skipped: 0, failures: /** @type {string[]} */ ([]) };
  const ran = new Set();
  const skipped = new Set();
  for (const report of reports) {
    const { cases, ok, binding = "" } = /** @type {ConformanceReport} */ (report ?? {});
    if (!Array.isArray(cases))
      throw new Error("not a JSON report of the conformance suite: `cases` is missing");
    const failures = cases.filter(({ unexpected }) => unexpected).map((found) => failureText(found, binding));
    for (const { id, verdict, unexpected } of cases) {
      (verdict === "VERDICT_SKIPPED" ? skipped : ran).add(id);
      if (verdict !== "VERDICT_SKIPPED" && !unexpected) counts.passed++;
    }
    counts.failed += !ok && failures.length === 0 ? 1 : failures.length;
    counts.failures.push(...failures);
  }
  if (claimsAll) counts.skipped = [...skipped].filter((id) => !ran.has(id)).length;
  return counts;
}

/** @param {CaseReport} found @param {string} binding */
function failureText({ id, anomaly, verdict, message = "", seed = 0 }, binding) {
  const where = binding === "" ? "" : ` on ${binding}`;
  return `${id}${where}, seed ${seed}: ${anomaly || verdict} ${message}`.trimEnd();
}

/**
 * @typedef {{
 *   id: string,
 *   verdict: string,
 *   unexpected: boolean,
 *   anomaly?: string,
 *   message?: string,
 *   seed?: number,
 * }} CaseReport
 *
 * @typedef {{ ok: boolean, binding?: string, cases: CaseReport[] }} ConformanceReport
 */
