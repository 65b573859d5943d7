import { EventyError } from "../../record/index.js";

/**
 * Runs a job that may run twice: again, if the connection broke or the broker was not the right one any more.
 *
 * @throws EventyError what the job throws; STORE_UNAVAILABLE instead of OUTCOME_UNKNOWN: reading has no outcome
 */
export async function readTwice<T>(job: () => Promise<T>): Promise<T> {
  try {
    return await job();
  } catch (error) {
    if (!passes(error)) throw error;
  }
  try {
    return await job();
  } catch (error) {
    if (!passes(error) || error.code === "STORE_UNAVAILABLE") throw error;
    throw new EventyError("STORE_UNAVAILABLE", error.message, { cause: error.cause });
  }
}

function passes(error: unknown): error is EventyError {
  return (
    error instanceof EventyError && (error.code === "STORE_UNAVAILABLE" || error.code === "OUTCOME_UNKNOWN")
  );
}
