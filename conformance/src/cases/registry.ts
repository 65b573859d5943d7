import type { Case } from "./case.js";

/**
 * The cases by id.
 *
 * @throws Error if an id stands twice, or does not begin with the profile of its case.
 */
export function casesById(cases: readonly Case[]): ReadonlyMap<string, Case> {
  const byId = new Map<string, Case>();
  for (const one of cases) {
    if (byId.has(one.id)) throw new Error(`two cases have the id ${one.id}`);
    if (!one.id.startsWith(`${one.profile}.`)) {
      throw new Error(`the case ${one.id} is of the profile ${one.profile}: its id must begin with that`);
    }
    byId.set(one.id, one);
  }
  return byId;
}

/** The cases that check each requirement, by its id. */
export function casesByRequirement(cases: readonly Case[]): ReadonlyMap<string, readonly Case[]> {
  const byRequirement = new Map<string, Case[]>();
  for (const one of cases) {
    for (const id of one.requirements) {
      const known = byRequirement.get(id);
      if (known === undefined) byRequirement.set(id, [one]);
      else known.push(one);
    }
  }
  return byRequirement;
}
