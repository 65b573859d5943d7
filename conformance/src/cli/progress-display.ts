import type { RunObserver } from "../runner/run.js";

/** Shows a run while it goes on. */
export interface ProgressDisplay {
  readonly observer: RunObserver;
  /** Settles when the last case has finished and been shown. */
  readonly shown: Promise<void>;
}
