import type { Clock } from "../store/index.js";

/** A clock that stands still until it is set. */
export class ManualClock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  time: number;

  /** @param time Default: 2020-01-01T00:00:00Z. */
  constructor(time: number = Date.UTC(2020, 0)) {
    this.time = time;
  }

  /** For options that take a {@link Clock}. */
  readonly now: Clock = () => this.time;
}
