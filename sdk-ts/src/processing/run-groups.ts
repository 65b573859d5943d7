import { setTimeout as sleep } from "node:timers/promises";
import { EventyError } from "../record/index.js";
import type { RecordStore } from "../store/index.js";
import { Activity } from "./activity.js";
import { backoffMs } from "./backoff.js";
import { LONGEST_MS } from "./duration.js";
import type { Environment } from "./environment.js";
import type { Group } from "./groups.js";
import { type GroupOptions, type RunningGroup, runGroup } from "./run-group.js";
import { STORE_BACKOFF } from "./until-available.js";
import { untilEnd } from "./until-end.js";

/** How groups are run. */
export interface GroupsOptions extends GroupOptions {
  /** Ends the run in order: what is being handled is finished and acknowledged. Default: nothing does. */
  readonly signal?: AbortSignal | undefined;
  /** Whether the run ends when everything is handled, what is emitted meanwhile included. Default: false. */
  readonly toEnd?: boolean;
}

/**
 * Runs groups until the signal aborts, until all have stopped, or to the end.
 *
 * @throws EventyError when all have ended, that of the first one that stopped: HANDLER_FAILED, mostly
 */
export async function runGroups(
  store: RecordStore,
  groups: readonly Group[],
  environment: Environment,
  options: GroupsOptions,
): Promise<void> {
  const { signal, toEnd = false } = options;
  const ending = new AbortController();
  const end = (): void => ending.abort();
  const activity = new Activity();
  const running: RunningGroup[] = [];
  // Who waits for records of a store in the process has nothing else that keeps the process alive.
  const alive = setInterval(() => {}, LONGEST_MS);
  signal?.addEventListener("abort", end);
  if (signal?.aborted) end();
  try {
    for (const group of groups) {
      const begin = (): Promise<RunningGroup> =>
        runGroup(store, group, environment, options, ending.signal, activity);
      running.push(await (running.length === 0 ? begin() : again(begin, ending.signal)));
    }
    if (toEnd) await untilEnd(running, activity);
    else await allEnded(running);
  } finally {
    signal?.removeEventListener("abort", end);
    end();
    await allEnded(running).finally(() => clearInterval(alive));
  }
  for (const { ended } of running) {
    const error = await ended;
    if (error !== undefined) throw error;
  }
}

/** A store that cannot be reached at the beginning is an error; once a group runs, the others join when it is back. */
async function again<T>(call: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let failures = 1; ; failures++) {
    try {
      return await call();
    } catch (error) {
      const unavailable = error instanceof EventyError && error.code === "STORE_UNAVAILABLE";
      if (!unavailable || signal.aborted) throw error;
      await sleep(backoffMs(STORE_BACKOFF, failures), undefined, { signal }).catch(() => {});
    }
  }
}

async function allEnded(groups: readonly RunningGroup[]): Promise<void> {
  await Promise.all(groups.map(({ ended }) => ended));
}
