import { expect, test } from "vitest";
import { checkCases } from "../../src/spec/check-cases.js";
import { checkIds } from "../../src/spec/check-ids.js";
import type { Chapter } from "../../src/spec/parse-chapter.js";
import type { Problem, Requirement } from "../../src/spec/requirement.js";

function requirement(id: string, changes: Partial<Requirement> = {}): Requirement {
  return {
    id,
    keyword: "MUST",
    level: "MUST",
    text: "",
    profiles: ["codec"],
    since: "3.5.0",
    test: "case",
    chapter: "02-x.md",
    line: 1,
    ...changes,
  };
}

function chapter(ids: readonly string[], withdrawn: readonly string[] = []): Chapter {
  return { requirements: ids.map((id) => requirement(id)), withdrawn, problems: [] };
}

function messages(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ message }) => message.replace(/[:,].*/, ""));
}

test("an id is used once, in all chapters together", () => {
  expect(messages(checkIds([chapter(["REC-001"]), chapter(["REC-001"])], []))).toEqual([
    "REC-001 is used already",
  ]);
});

test("an id that vanishes is withdrawn", () => {
  expect(messages(checkIds([chapter(["REC-001"])], ["REC-001", "REC-002"]))).toEqual(["REC-002 is gone"]);
  expect(checkIds([chapter(["REC-001"], ["REC-002"])], ["REC-001", "REC-002"])).toEqual([]);
});

test("a withdrawn id is never used again", () => {
  expect(messages(checkIds([chapter(["REC-001"], ["REC-001"])], []))).toEqual([
    "REC-001 was withdrawn and is never used again",
  ]);
});

test("every MUST has a case, or a reason, and no case checks what is not there", () => {
  const requirements = [
    requirement("REC-001"),
    requirement("REC-002"),
    requirement("REC-003", { keyword: "SHOULD", level: "SHOULD" }),
    requirement("REC-004", { test: { excluded: "why" } }),
    requirement("REC-005", { test: { excluded: "why" } }),
  ];
  const cases = [{ id: "a.b", title: "", requirements: ["REC-001", "REC-005", "REC-099"] }];

  expect(messages(checkCases(requirements, cases))).toEqual([
    "REC-002 is a MUST that no case checks",
    "REC-005 is excluded from tests",
    "there is no requirement REC-099",
  ]);
});
