import { expect, test } from "vitest";
import { countVitest } from "../../lib/vitest-report.mjs";

function file(status: string, ...tests: string[]) {
  const assertionResults = tests.map((test) => ({ status: test, fullName: "t", failureMessages: ["why"] }));
  return { name: "a.test.ts", status, message: "not loaded", assertionResults };
}

test("counts tests by their status", () => {
  const report = { success: false, testResults: [file("failed", "passed", "failed", "pending", "todo")] };
  expect(countVitest(report)).toEqual({
    passed: 1,
    failed: 1,
    skipped: 2,
    failures: ["a.test.ts, t: why"],
  });
});

test("a file that could not be loaded is a failure", () => {
  const report = { success: false, testResults: [file("passed", "passed"), file("failed")] };
  expect(countVitest(report)).toMatchObject({
    passed: 1,
    failed: 1,
    failures: ["a.test.ts: not loaded"],
  });
});

test("an error outside every test is a failure", () => {
  const report = { success: false, testResults: [file("passed", "passed")] };
  expect(countVitest(report)).toMatchObject({ passed: 1, failed: 1 });
});

test("something else is not taken for a report", () => {
  expect(() => countVitest({})).toThrow("not a JSON report");
});
