import { EventyError } from "../../record/index.js";
import { Backoff } from "../waiting/backoff.js";
import { sleep } from "../waiting/sleep.js";
import { kafkaType } from "./errors.js";

/** How long brokers may answer that they are not ready: leaders are elected, and coordinators read their books. */
const NOT_READY_MS = 5000;

/**
 * Runs a job that may run twice after some errors: once more in any case, since the broker may not be the right one
 * any more; and again and again, as long as brokers answer that they are not ready.
 *
 * @throws EventyError what the job throws at last
 */
export async function untilReady<T>(
  job: () => Promise<T>,
  mayRepeat: (error: EventyError) => boolean,
): Promise<T> {
  const end = performance.now() + NOT_READY_MS;
  const backoff = new Backoff();
  for (let tried = 1; ; tried++) {
    try {
      return await job();
    } catch (error) {
      if (!(error instanceof EventyError) || !mayRepeat(error)) throw error;
      const isAnswer = error.code === "STORE_UNAVAILABLE" && kafkaType(error) !== undefined;
      if (tried > 1 && !(isAnswer && performance.now() < end)) throw error;
    }
    if (tried > 1) await sleep(backoff.next());
  }
}
