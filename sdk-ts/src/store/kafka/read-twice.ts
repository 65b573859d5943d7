import { withoutOutcome } from "./errors.js";
import { untilReady } from "./until-ready.js";

/**
 * Runs a job that may run twice, also if the connection broke.
 *
 * @throws EventyError what the job throws; STORE_UNAVAILABLE instead of OUTCOME_UNKNOWN: reading has no outcome
 */
export async function readTwice<T>(job: () => Promise<T>): Promise<T> {
  try {
    return await untilReady(job, ({ code }) => code === "STORE_UNAVAILABLE" || code === "OUTCOME_UNKNOWN");
  } catch (error) {
    throw withoutOutcome(error);
  }
}
