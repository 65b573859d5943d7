import { EventyError } from "../record/index.js";
import type { Activity } from "./activity.js";
import type { RunningGroup } from "./run-group.js";

/** How often it is looked whether other processes, which share the partitions, have finished. */
const LOOK_MS = 50;

/**
 * Waits until groups have handled everything that their topics hold, what they emit for one another included.
 *
 * @throws EventyError as the store does, except that it cannot be reached
 */
export async function untilEnd(groups: readonly RunningGroup[], activity: Activity): Promise<void> {
  const running = new Set(groups);
  for (const group of groups) {
    void group.ended.then(() => {
      running.delete(group);
      activity.wake();
    });
  }
  for (;;) {
    const change = activity.change(LOOK_MS);
    const { ended } = activity;
    const atEnd = activity.isIdle && (await allAtEnd(running));
    // What was handled meanwhile may have emitted something.
    if (atEnd && activity.isIdle && activity.ended === ended) return activity.wake();
    await change;
  }
}

async function allAtEnd(groups: Iterable<RunningGroup>): Promise<boolean> {
  for (const group of groups) if (!(await isAtEnd(group))) return false;
  return true;
}

/** While the store cannot be reached nobody knows: it is looked again. */
async function isAtEnd(group: RunningGroup): Promise<boolean> {
  try {
    return await group.atEnd();
  } catch (error) {
    if (error instanceof EventyError && error.code === "STORE_UNAVAILABLE") return false;
    throw error;
  }
}
