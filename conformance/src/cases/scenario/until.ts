import { Failure } from "../failure.js";

/** How long something may take that no event tells of: leases run out and servers come back in that time. */
const LIMIT_MS = 20_000;
const PAUSE_MS = 10;

/**
 * Waits until something holds that nobody tells the suite.
 *
 * @param what said if it never does: `the group has a claim`
 * @throws Failure STALLED if it does not hold in time.
 */
export async function until(
  what: string,
  holds: () => Promise<boolean>,
  requirement?: string,
): Promise<void> {
  const end = performance.now() + LIMIT_MS;
  while (!(await holds())) {
    if (performance.now() > end) {
      throw new Failure(
        "STALLED",
        `it never came to this: ${what}`,
        requirement === undefined ? {} : { requirement },
      );
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
