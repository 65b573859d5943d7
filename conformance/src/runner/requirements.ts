import type { Case } from "../cases/case.js";
import { REQUIREMENTS, type Requirement } from "../gen/requirements.js";

export type { Requirement };

/** How binding a requirement is. */
export type Level = Requirement["level"];

/** The levels, the most binding first. */
export const LEVELS: readonly Level[] = ["MUST", "SHOULD", "MAY"];

const byId: ReadonlyMap<string, Requirement> = new Map(REQUIREMENTS.map((one) => [one.id, one]));

/** The requirement with an id, if the spec has it. */
export function requirement(id: string): Requirement | undefined {
  return byId.get(id);
}

/** The most binding level among the requirements of a case; MUST if the spec knows none of them. */
export function levelOf(one: Case): Level {
  const levels = new Set(one.requirements.map((id) => byId.get(id)?.level));
  return LEVELS.find((level) => levels.has(level)) ?? "MUST";
}
