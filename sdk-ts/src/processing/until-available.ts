import { EventyError } from "../record/index.js";
import { type Backoff, backoffMs } from "./backoff.js";
import type { Job } from "./job.js";
import { Interrupted } from "./run-control.js";
import { StoreProblem } from "./store-problem.js";

/** A server that restarts is back soon; one that is down for long is not asked more than once in five seconds. */
export const STORE_BACKOFF: Backoff = { delayMs: 20, maxDelayMs: 5000 };

/**
 * What a call of a store gives, which is called again while the store cannot be reached.
 *
 * Whoever does not wait any longer releases the claim. What was sent is then there or not, and the next claim sees which.
 *
 * @param orUnknown Whether it is also called again when its outcome is unknown, and so may happen twice.
 * @throws StoreProblem for any other error; Interrupted
 */
export async function untilAvailable<T>(
  { claim, group, environment, control }: Job,
  call: () => Promise<T>,
  orUnknown = false,
): Promise<T> {
  for (let failures = 1; ; failures++) {
    try {
      return await control.unlessInterrupted(call());
    } catch (thrown) {
      if (thrown instanceof Interrupted) throw thrown;
      const error = EventyError.from(thrown, "STORE_FAILED");
      const again = error.code === "STORE_UNAVAILABLE" || (orUnknown && error.code === "OUTCOME_UNKNOWN");
      if (!again) throw new StoreProblem(error);
      environment.hooks.onStoreProblem?.(
        { group: group.name, topic: claim.topic, partition: claim.partition },
        error,
      );
      await control.pause(backoffMs(STORE_BACKOFF, failures), "interruption");
    }
  }
}
