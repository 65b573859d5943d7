import type { Case } from "../cases/case.js";
import type { Anomaly } from "../cases/failure.js";
import type { Level } from "./requirements.js";

/** What came of a case. */
export type Verdict = "PASS" | "FAIL" | "INCONCLUSIVE" | "SKIPPED" | "ADAPTER_ERROR";

/** The verdicts, in the order of a report. */
export const VERDICTS: readonly Verdict[] = ["PASS", "FAIL", "INCONCLUSIVE", "ADAPTER_ERROR", "SKIPPED"];

/** What a verdict rests on. */
export interface Finding {
  readonly verdict: Verdict;
  readonly anomaly?: Anomaly | undefined;
  /** What went wrong, or why there is no verdict. */
  readonly message?: string | undefined;
  /** Whether a case was skipped although the implementation may be able to do what it is about. */
  readonly isWithheld?: boolean | undefined;
  readonly requirement?: string | undefined;
  readonly expected?: string | undefined;
  readonly actual?: string | undefined;
  readonly history?: readonly string[] | undefined;
  /** The last of what the testee wrote to standard error. */
  readonly stderr?: string | undefined;
}

/** What was found out by one case. */
export interface CaseResult extends Finding {
  readonly case: Case;
  readonly level: Level;
  readonly seed: number;
  readonly durationMs: number;
  /** Why the case was known to fail, if it was. */
  readonly knownFailing?: string | undefined;
  /** Whether this makes the run fail. */
  readonly unexpected: boolean;
}

/**
 * Whether a finding makes the run fail.
 *
 * A failure does, unless it is known or breaks no MUST; so does a known failure that passes, and whatever
 * kept the suite from finding out.
 */
export function isUnexpected(verdict: Verdict, level: Level, known: boolean): boolean {
  switch (verdict) {
    case "PASS":
      return known;
    case "FAIL":
      return !known && level === "MUST";
    case "SKIPPED":
      return false;
    case "INCONCLUSIVE":
    case "ADAPTER_ERROR":
      return true;
  }
}
