import { requirement } from "../runner/requirements.js";
import type { CaseResult } from "../runner/result.js";
import { printable } from "./printable.js";

/** The parts of a result that explain it, each a name and a text that is safe to show. */
export function explanation(result: CaseResult): readonly (readonly [name: string, text: string])[] {
  const parts: readonly (readonly [string, string | undefined])[] = [
    ["message", result.message],
    ["known to fail", result.knownFailing],
    ["expected", result.expected],
    ["actual", result.actual],
    ["history", result.history?.join("\n")],
    ["standard error", result.stderr],
  ];
  return parts.flatMap(([name, text]) => (text ? [[name, printable(text)] as const] : []));
}

/** The requirements that a failed case breaks: the one that the failure names, or all that it checks. */
export function brokenRequirements(result: CaseResult): readonly { id: string; text: string }[] {
  const ids = result.requirement === undefined ? result.case.requirements : [result.requirement];
  return ids.map((id) => ({ id, text: requirement(id)?.text ?? "" }));
}
