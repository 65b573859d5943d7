/** How waits grow between tries. */
export interface Backoff {
  /** Milliseconds before the first try. */
  readonly delayMs: number;
  /** Milliseconds that no wait exceeds. */
  readonly maxDelayMs: number;
}

/**
 * Milliseconds to wait after so many failures: twice as many for each, half of
 * them random, so that those who failed together do not come back together.
 */
export function backoffMs({ delayMs, maxDelayMs }: Backoff, failures: number): number {
  const full = Math.min(maxDelayMs, delayMs * 2 ** (failures - 1));
  return (full / 2) * (1 + Math.random());
}
