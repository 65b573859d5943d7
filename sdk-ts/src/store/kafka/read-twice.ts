import { EventyError } from "../../record/index.js";
import { Backoff } from "../waiting/backoff.js";
import { sleep } from "../waiting/sleep.js";
import { kafkaType } from "./errors.js";

/** How long brokers may answer that they are not ready: leaders are elected, and coordinators read their books. */
const NOT_READY_MS = 5000;

/**
 * Runs a job that may run twice: again, if the connection broke or the broker was not the right one any more; and
 * again and again, as long as brokers answer that they are not ready.
 *
 * @throws EventyError what the job throws; STORE_UNAVAILABLE instead of OUTCOME_UNKNOWN: reading has no outcome
 */
export async function readTwice<T>(job: () => Promise<T>): Promise<T> {
  const end = performance.now() + NOT_READY_MS;
  const backoff = new Backoff();
  for (let tried = 1; ; tried++) {
    try {
      return await job();
    } catch (error) {
      if (!passes(error)) throw error;
      const isAnswer = error.code === "STORE_UNAVAILABLE" && kafkaType(error) !== undefined;
      if (tried > 1 && !(isAnswer && performance.now() < end)) throw unavailable(error);
    }
    if (tried > 1) await sleep(backoff.next());
  }
}

function passes(error: unknown): error is EventyError {
  return (
    error instanceof EventyError && (error.code === "STORE_UNAVAILABLE" || error.code === "OUTCOME_UNKNOWN")
  );
}

function unavailable(error: EventyError): EventyError {
  if (error.code === "STORE_UNAVAILABLE") return error;
  return new EventyError("STORE_UNAVAILABLE", error.message, { cause: error.cause });
}
