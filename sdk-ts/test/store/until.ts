import { setTimeout as sleep } from "node:timers/promises";

/** Waits until a condition holds; the time-out of the test is the limit. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(10);
}
