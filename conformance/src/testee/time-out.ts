/** How long a testee may take to answer `start`: interpreters and virtual machines warm up here. */
export const START_TIMEOUT_MS = 60_000;

const FACTOR = 20;
const MIN_MS = 10_000;
const MAX_MS = 120_000;

/**
 * How long a testee may be silent while commands are pending: 20 times its start-up, at least 10 and at
 * most 120 seconds.
 *
 * The start-up shows how slow machine and runtime are together. The floor leaves room for a pause of the
 * machine and for records of 10 MB, the ceiling bounds a run against a testee that hangs.
 */
export function calibratedTimeout(startUpMs: number): number {
  return Math.min(MAX_MS, Math.max(MIN_MS, Math.round(FACTOR * startUpMs)));
}
