import { expect, test } from "vitest";
import { countConformance } from "../../lib/conformance-report.mjs";

const passed = { id: "a", verdict: "VERDICT_PASS", unexpected: false };
const failed = {
  id: "b",
  verdict: "VERDICT_FAIL",
  unexpected: true,
  anomaly: "LOST",
  message: "t/0 lacks it",
  seed: 7,
};
const knownToFail = { id: "c", verdict: "VERDICT_FAIL", unexpected: false };
const skipped = { id: "d", verdict: "VERDICT_SKIPPED", unexpected: false };

test("counts cases by whether they came out as expected", () => {
  const report = { ok: false, binding: "kafka", cases: [passed, failed, knownToFail] };
  expect(countConformance([report], { claimsAll: true })).toEqual({
    passed: 2,
    failed: 1,
    skipped: 0,
    failures: ["b on kafka, seed 7: LOST t/0 lacks it"],
  });
});

test("a skipped case is missing only where everything is to be claimed", () => {
  const report = { ok: true, cases: [passed, skipped] };
  expect(countConformance([report], { claimsAll: true }).skipped).toBe(1);
  expect(countConformance([report], { claimsAll: false }).skipped).toBe(0);
});

test("a case that ran on one of several bindings is not missing", () => {
  const there = { ok: true, cases: [passed, { ...skipped, verdict: "VERDICT_PASS" }] };
  const here = { ok: true, cases: [passed, skipped, { ...skipped, id: "e" }] };
  expect(countConformance([there, here], { claimsAll: true })).toMatchObject({ passed: 3, skipped: 1 });
});

test("a run that is not ok is a failure, whatever its cases say", () => {
  const bad = { ok: false, cases: [passed] };
  expect(countConformance([bad, { ok: true, cases: [passed] }], { claimsAll: true }).failed).toBe(1);
});

test("something else is not taken for a report", () => {
  expect(() => countConformance([{}], { claimsAll: true })).toThrow("not a JSON report");
});
