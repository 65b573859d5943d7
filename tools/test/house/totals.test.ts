import { expect, test } from "vitest";
import { totals } from "../../lib/totals.mjs";

const good = { name: "good", exitCode: 0, counts: { passed: 3, failed: 0, skipped: 0, failures: [] } };
const strict = { skippedFail: true };

test("adds up the counts of all runs", () => {
  const failures = ["one: why\nwhere", "another"];
  const bad = { name: "bad", exitCode: 1, counts: { passed: 1, failed: 2, skipped: 0, failures } };
  expect(totals([good, bad], strict)).toEqual({
    passed: 4,
    failed: 2,
    skipped: 0,
    problems: ["FAILED bad: one: why", "FAILED bad: another"],
  });
});

test("a run without a test is a failure", () => {
  const empty = { name: "empty", exitCode: 0, counts: { passed: 0, failed: 0, skipped: 0, failures: [] } };
  const sum = totals([good, empty], strict);
  expect(sum.failed).toBe(1);
  expect(sum.problems).toEqual(["empty: ran no test"]);
});

test("a bad exit without a failed test is a failure", () => {
  const sum = totals([{ ...good, exitCode: 7 }], strict);
  expect(sum.failed).toBe(1);
  expect(sum.problems[0]).toContain("exit code 7");
});

test("skipped tests fail only where asked", () => {
  const skipping = { ...good, counts: { passed: 3, failed: 0, skipped: 2, failures: [] } };
  expect(totals([skipping], strict).failed).toBe(2);
  expect(totals([skipping], { skippedFail: false }).failed).toBe(0);
});
