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
    // What other bindings and capabilities would show says nothing about what was shown here.
    const ran = statuses.filter((status) => status !== "skipped");
    const status = worst(ran.length === 0 ? statuses : ran);
    const shown = own[statuses.indexOf(status)];
    return {
      requirement: id,
      status,
      caseId: shown?.case.id ?? "",
      tooltip: [`${id} · ${countsOf(statuses)}`, requirement(id)?.text ?? ""].join("\n").trim(),
    };
  });
}

/** Such as `3 cases: 1 failed, 2 passed`. */
function countsOf(statuses: readonly Status[]): string {
  const counts = [...STATUSES].flatMap(([status, word]) => {
    const count = statuses.filter((one) => one === status).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return `${statuses.length} ${statuses.length === 1 ? "case" : "cases"}: ${counts.join(", ")}`;
}

/** A case that names the requirement it saw broken says nothing against its others. */
function shownFor(id: string, result: CaseResult): Status {
  const elsewhere = result.requirement !== undefined && result.requirement !== id;
  return elsewhere ? "unknown" : statusOf(result);
}

function byId([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one.localeCompare(other, "en", { numeric: true });
}
