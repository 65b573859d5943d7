import { requirement } from "../../runner/requirements.js";
import type { CaseResult } from "../../runner/result.js";
import { STATUSES, type Status, statusOf, worst } from "../status.js";

/** A requirement in the picture of a profile. */
export interface Tile {
  readonly requirement: string;
  readonly status: Status;
  readonly tooltip: string;
  /** The case that the tile leads to: the first one with the tile's status. */
  readonly caseId: string;
}

/** One tile for each requirement that the cases of a profile check, by id. */
export function tilesOf(results: readonly CaseResult[]): readonly Tile[] {
  const byRequirement = new Map<string, CaseResult[]>();
  for (const result of results) {
    for (const id of result.case.requirements) {
      byRequirement.set(id, [...(byRequirement.get(id) ?? []), result]);
    }
  }
  return [...byRequirement].sort(byId).map(([id, own]) => {
    const statuses = own.map((result) => shownFor(id, result));
    const status = worst(statuses);
    const shown = own[statuses.indexOf(status)];
    const cases = `${own.length} ${own.length === 1 ? "case" : "cases"}: ${STATUSES.get(status)}`;
    return {
      requirement: id,
      status,
      caseId: shown?.case.id ?? "",
      tooltip: [`${id} · ${cases}`, requirement(id)?.text ?? ""].join("\n").trim(),
    };
  });
}

/** A case that names the requirement it saw broken says nothing against its others. */
function shownFor(id: string, result: CaseResult): Status {
  const elsewhere = result.requirement !== undefined && result.requirement !== id;
  return elsewhere ? "unknown" : statusOf(result);
}

function byId([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one.localeCompare(other, "en", { numeric: true });
}
