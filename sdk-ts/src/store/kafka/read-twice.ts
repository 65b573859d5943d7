import { EventyError } from "../../record/index.js";
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
    if (!(error instanceof EventyError) || error.code !== "OUTCOME_UNKNOWN") throw error;
    throw new EventyError("STORE_UNAVAILABLE", error.message, { cause: error.cause });
  }
}
