import { setTimeout as sleep } from "node:timers/promises";
import { NotFired } from "../cases/failure.js";
import type { ControlledTestee, Run } from "../cases/testee.js";

/** When a process is killed: after so many events of the run, or milliseconds. */
export type KillMoment = { readonly events: number } | { readonly ms: number };

/** How often it is looked whether the event was said. */
const LOOK_MS = 1;

/**
 * Kills a process in the middle of a run, for stores that have no proxy: with moments that a seed chooses, again and
 * again, it ends in the middle of everything.
 *
 * @throws NotFired if the run had ended by itself.
 */
export async function killDuring(testee: ControlledTestee, run: Run, moment: KillMoment): Promise<void> {
  if ("ms" in moment) await sleep(moment.ms);
  else while (run.isActive && run.events.length < moment.events) await sleep(LOOK_MS);
  await testee.kill();
  const end = await run.ended();
  if (end.case !== "killed") throw new NotFired("the run had ended before its process was killed");
}
