/** The longest time that a timer takes: 2^31 − 1 milliseconds, which is 24 days. It ends at once for a longer one. */
export const LONGEST_MS = 2_147_483_647;

/** Whether a timer can take that many milliseconds. */
export function isDuration(milliseconds: number): boolean {
  return milliseconds >= 0 && milliseconds <= LONGEST_MS;
}
