import type { Problem, Requirement } from "./requirement.js";

/** What a case of the suite says of itself. */
export interface CaseEntry {
  readonly id: string;
  readonly title: string;
  /** Ids of the requirements that it checks. */
  readonly requirements: readonly string[];
}

/** What is wrong between the spec and the suite: a MUST that no case checks, a case that checks what is not there. */
export function checkCases(
  requirements: readonly Requirement[],
  cases: readonly CaseEntry[],
): readonly Problem[] {
  const byId = new Map(requirements.map((one) => [one.id, one]));
  const checked = new Set(cases.flatMap((one) => one.requirements));
  const untested = requirements.filter(
    ({ id, level, test }) => level === "MUST" && test === "case" && !checked.has(id),
  );
  const excluded = requirements.filter(({ id, test }) => test !== "case" && checked.has(id));
  return [
    ...untested.map(({ id, keyword, chapter, line }) => ({
      where: `spec/${chapter}:${line}`,
      message: `${id} is a ${keyword} that no case checks: write one, or say why not (test: excluded)`,
    })),
    ...excluded.map(({ id, chapter, line }) => ({
      where: `spec/${chapter}:${line}`,
      message: `${id} is excluded from tests, and cases check it: it is test: case`,
    })),
    ...cases.flatMap((one) =>
      one.requirements
        .filter((id) => !byId.has(id))
        .map((id) => ({ where: `case ${one.id}`, message: `there is no requirement ${id}` })),
    ),
  ];
}
