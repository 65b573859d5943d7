import { expect, test } from "vitest";
import { countConformance } from "../../lib/conformance-report.mjs";

const passed = { verdict: "VERDICT_PASS", unexpected: false };
const failed = { verdict: "VERDICT_FAIL", unexpected: true };
const knownToFail = { verdict: "VERDICT_FAIL", unexpected: false };
const skipped = { verdict: "VERDICT_SKIPPED", unexpected: false };

test("counts cases by whether they came out as expected", () => {
  const report = { ok: false, cases: [passed, failed, knownToFail] };
  expect(countConformance(report, { claimsAll: true })).toEqual({ passed: 2, failed: 1, skipped: 0 });
});

test("a skipped case is missing only where everything is to be claimed", () => {
  const report = { ok: true, cases: [passed, skipped] };
  expect(countConformance(report, { claimsAll: true }).skipped).toBe(1);
  expect(countConformance(report, { claimsAll: false })).toEqual({ passed: 1, failed: 0, skipped: 0 });
});

test("a run that is not ok is a failure, whatever its cases say", () => {
  expect(countConformance({ ok: false, cases: [passed] }, { claimsAll: true }).failed).toBe(1);
});

test("something else is not taken for a report", () => {
  expect(() => countConformance({}, { claimsAll: true })).toThrow("not a JSON report");
});
