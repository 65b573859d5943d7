import { Facts } from "./facts.js";
import type { Finding, Rule } from "./finding.js";
import type { History } from "./history.js";
import { atLeastOnce, stops } from "./rules/at-least-once.js";
import { atMostOnce, turns } from "./rules/at-most-once.js";
import { deadLetters } from "./rules/dead-letters.js";
import { deliveries, idempotencyKeys } from "./rules/deliveries.js";
import { exactlyOnce } from "./rules/exactly-once.js";
import { order } from "./rules/order.js";
import { outputs, outputUuids } from "./rules/outputs.js";
import { cursors, progress } from "./rules/progress.js";
import { states } from "./rules/state.js";

/** What must hold at a look, in the order in which it is said; `earlier` are the looks before, in their order. */
type Judge = (facts: Facts, earlier: readonly Facts[]) => Iterable<Finding>;

// What explains others comes first: where an output is missing, the order seems wrong too.
const JUDGES: readonly Judge[] = [
  cursors,
  deliveries,
  stops,
  atLeastOnce,
  exactlyOnce,
  states,
  atMostOnce,
  turns,
  deadLetters,
  outputs,
  order,
  progress,
  outputUuids,
  idempotencyKeys,
];

/**
 * The first thing that is wrong with a history, and at which look.
 *
 * @param rules only these, if there are some
 */
export function firstFinding(
  history: History,
  rules?: ReadonlySet<Rule>,
): { finding: Finding; look: number } | undefined {
  const earlier: Facts[] = [];
  for (const [look, one] of history.looks.entries()) {
    const facts = new Facts(history, one);
    for (const judge of JUDGES) {
      for (const finding of judge(facts, earlier)) {
        if (rules === undefined || rules.has(finding.rule)) return { finding, look };
      }
    }
    earlier.push(facts);
  }
  return undefined;
}
