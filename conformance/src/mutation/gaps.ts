import { REQUIREMENTS, type Requirement } from "../gen/requirements.js";
import { type Broken, nameOf } from "./mutant.js";

/** What is wrong with a list of mutants as a whole, one sentence each; empty if it is complete. */
export function problemsOf(
  mutants: readonly Broken[],
  without: ReadonlyMap<string, string>,
  requirements: readonly Requirement[] = REQUIREMENTS,
): readonly string[] {
  const known = new Map(requirements.map((one) => [one.id, one]));
  const mutated = new Set(mutants.map(({ requirement }) => requirement));
  const names = mutants.map(nameOf);
  return [
    ...[...mutated].filter((id) => !known.has(id)).map((id) => `the spec has no requirement ${id}`),
    ...[...new Set(names.filter((name, i) => names.indexOf(name) < i))].map((name) => `twice: ${name}`),
    ...[...without.keys()].flatMap((id) => exemptionProblem(id, known.get(id), mutated.has(id))),
    ...requirements
      .filter((one) => needsMutant(one) && !mutated.has(one.id) && !without.has(one.id))
      .map(({ id, text }) => `no mutant breaks ${id}: ${text}`),
  ];
}

function needsMutant({ level, test }: Requirement): boolean {
  return level === "MUST" && test === "case";
}

function exemptionProblem(id: string, found: Requirement | undefined, isMutated: boolean): readonly string[] {
  if (found === undefined) return [`exempt, but the spec has no requirement ${id}`];
  if (isMutated) return [`exempt, but there is a mutant of ${id}`];
  return needsMutant(found) ? [] : [`exempt, but ${id} needs no mutant`];
}
