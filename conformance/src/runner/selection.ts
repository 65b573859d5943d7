import type { Need } from "../cases/binding.js";
import { type Case, PROFILES, type Profile } from "../cases/case.js";
import { globPattern } from "./glob.js";
import { type Level, levelOf } from "./requirements.js";
import { UsageError } from "./usage-error.js";

/** Which cases run. What is left out does not limit. */
export interface Selection {
  /** Names or groups of profiles: `codec.json`, `codec`, `context`, `all`. */
  readonly profiles?: readonly string[];
  readonly level?: Level;
  /** Globs over case ids; a case runs if one of them matches. */
  readonly cases?: readonly string[];
  /** Ids of requirements; a case runs if it checks one of them. */
  readonly requirements?: readonly string[];
  /** Cases that need one of these are left out. */
  readonly without?: readonly Need[];
}

/**
 * The cases that a selection means, in their own order.
 *
 * @throws UsageError if a profile does not exist, if a glob or a requirement is that of no case, or if nothing is
 *   selected.
 */
export function select(cases: readonly Case[], selection: Selection): readonly Case[] {
  const profiles = new Set((selection.profiles ?? ["all"]).flatMap(profilesOf));
  const globs = selection.cases?.map((glob) => patternOf(glob, cases));
  for (const id of selection.requirements ?? []) checkRequirement(id, cases);
  const ids = selection.requirements && new Set(selection.requirements);
  const without = new Set(selection.without);
  const selected = cases.filter(
    (one) =>
      profiles.has(one.profile) &&
      (selection.level === undefined || levelOf(one) === selection.level) &&
      (globs === undefined || globs.some((glob) => glob.test(one.id))) &&
      (ids === undefined || one.requirements.some((id) => ids.has(id))) &&
      !needsOf(one).some((need) => without.has(need)),
  );
  if (selected.length === 0) throw new UsageError("no case is selected: see `eventy-conformance list`");
  return selected;
}

function patternOf(glob: string, cases: readonly Case[]): RegExp {
  const pattern = globPattern(glob);
  if (cases.some(({ id }) => pattern.test(id))) return pattern;
  throw new UsageError(`no case has an id like ${glob}: see \`eventy-conformance list\``);
}

function checkRequirement(id: string, cases: readonly Case[]): void {
  if (cases.some(({ requirements }) => requirements.includes(id))) return;
  throw new UsageError(`no case checks ${id}: see \`eventy-conformance list\``);
}

function needsOf(one: Case): readonly Need[] {
  return (one.bindings && one.needs) ?? [];
}

/**
 * The profiles that a name means: itself, those below it (`codec`), or `all`.
 *
 * @throws UsageError if there are none.
 */
function profilesOf(name: string): readonly Profile[] {
  const meant = PROFILES.filter((one) => name === "all" || one === name || one.startsWith(`${name}.`));
  if (meant.length === 0) {
    throw new UsageError(`there is no profile ${name}: use all, codec, processing, ${PROFILES.join(", ")}`);
  }
  return meant;
}
