import {
  type Finding,
  firstFinding,
  type History,
  type Rule,
  showHistory,
  shrink,
} from "../../checker/index.js";
import { Failure } from "../failure.js";

/** The requirement that each rule of the checker stands for, unless a case is about a more particular one. */
const REQUIREMENTS: { readonly [rule in Rule]: string } = {
  progress: "PRC-014",
  cursor: "STO-021",
  "committed-reads": "STO-011",
  "at-least-once": "PRC-016",
  "exactly-once": "PRC-018",
  state: "PRC-018",
  "at-most-once": "PRC-026",
  "acknowledged-first": "PRC-025",
  turn: "PRC-027",
  "dead-letter": "PRC-037",
  "dead-letter-form": "PRC-036",
  stop: "PRC-029",
  order: "PRC-008",
  "output-uuid": "PRC-044",
  "idempotency-key": "PRC-045",
  output: "CTX-021",
};

/** Every rule. */
export const ALL_RULES: ReadonlySet<Rule> = new Set(Object.keys(REQUIREMENTS).filter(isRule));

const FORMS: readonly Rule[] = ["output", "output-uuid", "idempotency-key"];

/**
 * The rules without those about what outputs and deliveries look like: these have cases of their own, and all
 * others are to tell of something else where they are not met.
 */
export const GUARANTEES: ReadonlySet<Rule> = new Set([...ALL_RULES].filter((rule) => !FORMS.includes(rule)));

/** The requirements of rules that a case is about. */
export type Blame = { readonly [rule in Rule]?: string };

function isRule(name: string): name is Rule {
  return name in REQUIREMENTS;
}

/** The id of the requirement that is broken. */
function requirementOf({ rule, anomaly, message }: Finding, blame: Blame): string {
  const particular = blame[rule];
  if (particular !== undefined) return particular;
  if (anomaly === "MISROUTED") return rule === "output" ? "PRC-001" : "PRC-004";
  if (rule === "exactly-once" && message.includes("failed")) return "PRC-019";
  return REQUIREMENTS[rule];
}

/**
 * Judges a history.
 *
 * @throws Failure with what is wrong first, and the part of the history that shows it.
 */
export function mustHold(history: History, blame: Blame, rules: ReadonlySet<Rule>): void {
  const found = firstFinding(history, rules);
  if (!found) return;
  const { anomaly, message, expected, actual } = found.finding;
  const small = shrink(history, found.finding, rules);
  throw new Failure(anomaly, message, {
    requirement: requirementOf(found.finding, blame),
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
    history: showHistory(small, found.look),
  });
}
