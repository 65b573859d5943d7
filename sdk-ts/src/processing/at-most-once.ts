import { EventyError } from "../record/index.js";
import { AppendQueue } from "./append-queue.js";
import type { Delivery } from "./delivery.js";
import { failureOf, letterOf, reportGivenUp, stopError } from "./failures.js";
import type { BoundHandler } from "./groups.js";
import { callHandler } from "./handler-call.js";
import type { Job } from "./job.js";
import { lastResort } from "./policy.js";
import { Interrupted } from "./run-control.js";
import { StoreProblem } from "./store-problem.js";
import { untilAvailable } from "./until-available.js";

/**
 * The third phase: calls at-most-once handlers for records that are acknowledged.
 *
 * Each has its turn, whatever becomes of the others. What they emit, and dead
 * letters, may be lost.
 *
 * @throws EventyError HANDLER_FAILED after all turns, if the policy of one that failed says to stop; StoreProblem
 * likewise; Interrupted
 */
export async function handleAtMostOnce(deliveries: readonly Delivery[], job: Job): Promise<void> {
  if (deliveries.every(({ route }) => route.atMostOnce.length === 0)) return;
  const turns = deliveries.flatMap((delivery) =>
    delivery.route.atMostOnce.map((handler) => ({ delivery, handler })),
  );
  const errors: unknown[] = [];
  const reports: (() => void)[] = [];
  const queue = new AppendQueue(async (records) => {
    try {
      await untilAvailable(job, () => job.claim.append(records));
    } catch (error) {
      if (error instanceof Interrupted) throw error;
      errors.push(error);
    }
  });
  for (const { delivery, handler } of turns) {
    const undo = queue.savepoint();
    try {
      await callHandler(handler, delivery, queue, job);
    } catch (error) {
      if (error instanceof Interrupted) throw error;
      undo();
      if (error instanceof StoreProblem) errors.push(error);
      else await giveUp(delivery, handler, error);
    }
  }
  await queue.flush();
  for (const report of reports) report();
  if (errors.length > 0) throw errors[0];

  async function giveUp(delivery: Delivery, handler: BoundHandler, error: unknown): Promise<void> {
    const tried = { attempts: 1, error: EventyError.from(error, "HANDLER_FAILED") };
    const failure = failureOf(delivery, handler, tried);
    // Who is asked to end and fails thereupon stops nothing.
    const policy = lastResort(handler.onError);
    const resort = policy === "stop" && job.control.stopping ? "skip" : policy;
    if (resort === "stop") errors.push(stopError(failure, delivery));
    else reports.push(() => reportGivenUp(failure, resort, job));
    if (resort === "deadLetter") await queue.add(letterOf(failure, delivery.origin, job));
  }
}
