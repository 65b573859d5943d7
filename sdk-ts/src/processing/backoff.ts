/** How waits grow between tries. */
export interface Backoff {
  /** Milliseconds before the first try. */
  readonly delayMs: number;
  /** Milliseconds that no wait exceeds. */
  readonly maxDelayMs: number;
}

/** More doublings change no wait that there is; without a bound, they end in infinity, of which no wait is 0 times. */
const DOUBLINGS = 52;

/**
 * Milliseconds to wait after so many failures: twice as many for each, half of
 * them random, so that those who failed together do not come back together.
 */
export function backoffMs({ delayMs, maxDelayMs }: Backoff, failures: number): number {
  const full = Math.min(maxDelayMs, delayMs * 2 ** Math.min(failures - 1, DOUBLINGS));
  return (full / 2) * (1 + Math.random());
}
