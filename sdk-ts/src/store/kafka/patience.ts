import { within } from "../waiting/deadline.js";

const LONGEST_MS = 1000;

/** Waits for something that need not succeed, and not for long. */
export async function patiently(attempt: Promise<unknown>): Promise<void> {
  await within(attempt, LONGEST_MS, () => new Error("It took too long.")).catch(() => undefined);
}
