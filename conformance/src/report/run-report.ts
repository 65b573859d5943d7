import type { ProfileSummary } from "../runner/profile-summary.js";
import type { CaseResult } from "../runner/result.js";
import type { RunResult } from "../runner/run.js";

/** Everything that a report says about a run. */
export interface RunReport extends RunResult {
  /** The testee as it was named or called. */
  readonly testee: string;
  readonly suiteVersion: string;
  readonly protocolVersion: string;
  readonly seed: number;
  readonly runs: number;
  readonly profiles: readonly ProfileSummary[];
  /** What the implementation may claim; empty if nothing. */
  readonly claim: string;
  /** Whether nothing unexpected happened. */
  readonly ok: boolean;
  /** The command that repeats the run. */
  readonly command: string;
  /** The command that repeats one case. */
  reproduce(result: CaseResult): string;
}
