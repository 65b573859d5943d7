import type { Finding, Rule } from "./finding.js";
import type { History } from "./history.js";
import { firstFinding } from "./judge.js";
import { lineageOf } from "./lineage.js";

/** How often a history is judged while it is made smaller. */
const MAX_TRIES = 200;

/**
 * The history without the records that the finding does not need: lineages are hidden as long as the same is found
 * without them. A state is a sum over all records, of which none can be hidden.
 */
export function shrink(history: History, { rule, anomaly }: Finding, rules?: ReadonlySet<Rule>): History {
  if (rule === "state") return history;
  const all = lineagesOf(history);
  const hiding = (kept: readonly string[]): History => ({ ...history, hidden: without(all, kept) });
  const shows = (kept: readonly string[]): boolean => {
    const found = firstFinding(hiding(kept), rules)?.finding;
    return found?.rule === rule && found.anomaly === anomaly;
  };
  let kept = [...all];
  if (!shows(kept)) return history;
  let tries = 0;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < kept.length && tries < MAX_TRIES; tries++) {
      const fewer = kept.toSpliced(from, size);
      if (shows(fewer)) kept = fewer;
      else from += size;
    }
  }
  return hiding(kept);
}

function lineagesOf({ looks }: History): readonly string[] {
  const records = looks.flatMap(({ snapshot }) => snapshot.records);
  const numbers = records.map(({ record }) => record && lineageOf(record));
  return [...new Set(numbers.filter((n) => n !== undefined))];
}

function without(all: readonly string[], kept: readonly string[]): ReadonlySet<string> {
  const rest = new Set(kept);
  return new Set(all.filter((n) => !rest.has(n)));
}
