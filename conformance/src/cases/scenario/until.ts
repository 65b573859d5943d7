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
  await untilReached(what, 1, async () => Number(await holds()), requirement);
}

/**
 * Waits until a count has come to where it is to be. It has its time as long as it grows.
 *
 * @param limitMs Milliseconds within which it grows.
 * @throws Failure STALLED if it does not grow any more.
 */
export async function untilReached(
  what: string,
  goal: number,
  count: () => Promise<number>,
  requirement?: string,
  limitMs: number = LIMIT_MS,
): Promise<void> {
  let most = 0;
  let end = performance.now() + limitMs;
  for (let now = await count(); now < goal; now = await count()) {
    if (now > most) end = performance.now() + limitMs;
    most = Math.max(most, now);
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
