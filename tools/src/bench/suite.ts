import type { Comparison } from "./comparison.js";

/** Comparisons that belong together. */
export interface Suite {
  readonly comparisons: readonly Comparison[];
  /** Ends what the comparisons keep running. */
  readonly close?: () => Promise<void>;
}
