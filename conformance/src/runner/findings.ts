import type { BindingName } from "../cases/binding.js";
import type { Case } from "../cases/case.js";
import { type KnownFailure, knownOf } from "./known-failing.js";
import { levelOf } from "./requirements.js";
import { type CaseResult, type Finding, isUnexpected } from "./result.js";
import { seedOf } from "./seed.js";

/** What findings are judged by, and who hears of them. */
interface Judged {
  readonly cases: readonly Case[];
  readonly seed: number;
  readonly knownFailing: readonly KnownFailure[];
  readonly observer: { finished(result: CaseResult): void };
}

/** The results so far. */
export class Findings {
  /** What cases on stores run on, once that is known. */
  binding: BindingName | undefined;
  readonly #options: Judged;
  readonly #results = new Map<Case, CaseResult>();

  constructor(options: Judged) {
    this.#options = options;
  }

  add(one: Case, finding: Finding, durationMs = 0): CaseResult {
    const result = this.#judge(one, finding, durationMs);
    this.#results.set(one, result);
    this.#options.observer.finished(result);
    return result;
  }

  #judge(one: Case, finding: Finding, durationMs: number): CaseResult {
    const { knownFailing, seed } = this.#options;
    const known = knownOf(knownFailing, one, one.bindings && this.binding)?.reason;
    const level = levelOf(one);
    const unexpected = isUnexpected(finding.verdict, level, known !== undefined);
    const ownSeed = seedOf(seed, one.id);
    return { ...finding, case: one, level, seed: ownSeed, durationMs, knownFailing: known, unexpected };
  }

  /** Gives all cases that have no result this one, of which nobody hears before the end. */
  fillWith(finding: Finding): void {
    for (const one of this.#options.cases) {
      if (!this.#results.has(one)) this.#results.set(one, this.#judge(one, finding, 0));
    }
  }

  inOrder(): readonly CaseResult[] {
    return this.#options.cases.flatMap((one) => this.#results.get(one) ?? []);
  }
}
