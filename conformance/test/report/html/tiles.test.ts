import { expect, it } from "vitest";
import { tilesOf } from "../../../src/report/html/tiles.js";
import type { CaseResult, Verdict } from "../../../src/runner/result.js";
import { fakeCase } from "../../fixtures/fixture.js";

function result(id: string, requirement: string, verdict: Verdict): CaseResult {
  const one = fakeCase(id, { requirements: [requirement] });
  return { case: one, level: "MUST", seed: 7, durationMs: 1, unexpected: verdict === "FAIL", verdict };
}

it("colours a requirement by the cases that ran, and as skipped only if none did", () => {
  const tiles = tilesOf([
    result("a.skipped", "X-001", "SKIPPED"),
    result("a.pass", "X-001", "PASS"),
    result("b.skipped", "X-002", "SKIPPED"),
    result("c.pass", "X-003", "PASS"),
    result("c.skipped", "X-003", "SKIPPED"),
    result("c.fail", "X-003", "FAIL"),
  ]);
  expect(tiles.map(({ requirement, status, caseId }) => [requirement, status, caseId])).toEqual([
    ["X-001", "pass", "a.pass"],
    ["X-002", "skipped", "b.skipped"],
    ["X-003", "fail", "c.fail"],
  ]);
  expect(tiles.map(({ tooltip }) => tooltip)).toEqual([
    "X-001 · 2 cases: 1 skipped, 1 passed",
    "X-002 · 1 case: 1 skipped",
    "X-003 · 3 cases: 1 failed, 1 skipped, 1 passed",
  ]);
});
