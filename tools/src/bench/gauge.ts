/** Figures of ours alone, some with a bound. */
export interface Gauge {
  readonly title: string;
  readonly read: () => Promise<readonly Reading[]>;
}

/** One figure. */
export interface Reading {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The value is to be this at most. None: it is shown only. */
  readonly limit?: number;
}

/** What came out of one gauge. */
export interface GaugeOutcome {
  readonly title: string;
  readonly readings: readonly Reading[];
}
