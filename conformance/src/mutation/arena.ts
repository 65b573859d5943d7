import type { Case } from "../cases/case.js";
import type { Finding } from "../runner/result.js";

/** Runs a case against one implementation. */
export type Examine = (one: Case) => Promise<Finding>;

/** Where cases meet mutants of one kind. */
export interface Arena<M> {
  /** The implementation that the mutants are made of. */
  readonly original: Examine;
  against(mutant: M): Examine;
}

/** What everything random in the cases depends on, and how often each property is tried. */
export interface Trials {
  readonly seed: number;
  readonly runs: number;
}
