import type { Comparison } from "./comparison.js";
import type { Gauge } from "./gauge.js";
import type { Effort } from "./measure.js";

/** Comparisons and gauges that belong together, in the order in which they are taken. */
export interface Suite {
  readonly parts: readonly (Comparison | Gauge)[];
  /** Default: rounds and turns that suit work of microseconds. */
  readonly effort?: Effort;
  /** Ends what the parts keep running. */
  readonly close?: () => Promise<void>;
}

/** How a suite is set up. */
export interface SuiteOptions {
  /** Less of everything. */
  readonly quick: boolean;
}
