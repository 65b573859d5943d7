import type { Batch } from "../store/index.js";
import { handleAtMostOnce } from "./at-most-once.js";
import { Delivery } from "./delivery.js";
import { atMostOnce } from "./handler.js";
import type { Job } from "./job.js";
import { Part } from "./part.js";
import { Interrupted } from "./run-control.js";
import { StoreProblem } from "./store-problem.js";

/**
 * Handles the records of a batch and acknowledges them, in three phases: the
 * at-least-once handlers, whose outputs become durable; the exactly-once
 * handlers, whose outputs and changes become durable with the acknowledgement;
 * then the at-most-once handlers.
 *
 * Where a handler fails, the records before end a batch of their own, then that
 * record alone meets the policy of the handler, then the rest follows.
 *
 * @param earlier How many times processes have ended while they tried these records alone.
 * @returns whether all of the batch is acknowledged; false when it was told to stop
 * @throws EventyError HANDLER_FAILED where the policy says to stop; FENCED, STORE_FAILED and others of the store
 */
export async function handleBatch(batch: Batch, job: Job, earlier = 0): Promise<boolean> {
  try {
    return await handleAhead(batch, job, earlier).finally(() => job.commits.settle());
  } catch (error) {
    if (error instanceof Interrupted) return false;
    throw StoreProblem.unwrap(error);
  }
}

/**
 * As {@link handleBatch}, except that the last acknowledgement may still be on its way: the next batch can be handled
 * meanwhile. Where the group has at-most-once handlers, it is not, since these have their turn before.
 *
 * @throws EventyError HANDLER_FAILED; StoreProblem; Interrupted
 */
export async function handleAhead(batch: Batch, job: Job, earlier = 0): Promise<boolean> {
  const { control, commits, group } = job;
  const hasTurns = group.handlers.some(({ guarantee }) => guarantee === atMostOnce);
  const deliveries = batch.records.map((stored) => new Delivery(stored, job, earlier));
  for (let from = 0; from < deliveries.length; ) {
    if (control.stopping) return false;
    const part = new Part(deliveries, from, job);
    await part.handleAtLeastOnce();
    do await part.handleExactlyOnce();
    while (!(await part.commit(batch.next)));
    if (hasTurns || part.to < deliveries.length) await commits.settle();
    await handleAtMostOnce(deliveries.slice(from, part.to), job);
    from = part.to;
  }
  return true;
}
