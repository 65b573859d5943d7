import { EventyError } from "../record/index.js";
import type { Cursor, Member, RecordStore, TopicPartition } from "../store/index.js";
import { Activity } from "./activity.js";
import type { Environment } from "./environment.js";
import type { Group } from "./groups.js";
import { OwnMarks } from "./own-marks.js";
import { type ClaimOptions, runClaim } from "./run-claim.js";
import { Interrupted, unlessAborted } from "./run-control.js";

/** How a group is run. */
export interface GroupOptions extends ClaimOptions {
  /** Where the group begins in partitions of which it has acknowledged nothing. Default: `BEGIN`. */
  readonly start?: Cursor;
}

/** A group at work. */
export interface RunningGroup {
  readonly name: string;
  /** Resolves when the group has ended, with the error that stopped it if one did. Never rejects. */
  readonly ended: Promise<EventyError | undefined>;
  /** Whether everything is acknowledged, up to the end of its topics, or to where it is to end. */
  atEnd(): Promise<boolean>;
}

/**
 * Joins a group and handles the partitions that it gets.
 *
 * @param signal Ends the group in order: it finishes what is being handled, and leaves.
 * @param activity Is told when something is being handled.
 * @throws EventyError UNKNOWN_TOPIC and others of the store, if it cannot join
 */
export async function runGroup(
  store: RecordStore,
  group: Group,
  environment: Environment,
  options: GroupOptions,
  signal: AbortSignal,
  activity: Activity = new Activity(),
): Promise<RunningGroup> {
  const { start = "BEGIN" } = options;
  const joining = store.join({ group: group.name, topics: group.topics, start });
  let member: Member;
  try {
    member = await unlessAborted(joining, signal);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    // It may have to wait for other members. It leaves as soon as it has joined, or with its store.
    joining.then((late) => late.leave()).catch(() => {});
    return { name: group.name, ended: Promise.resolve(undefined), atEnd: async () => false };
  }
  const claims = new Set<Promise<void>>();
  const marks = new OwnMarks();
  let left: Promise<void> | undefined;
  let failure: EventyError | undefined;

  function leave(): Promise<void> {
    left ??= member.leave().catch(fail);
    return left;
  }
  function fail(error: unknown): void {
    failure ??= EventyError.from(error, "STORE_FAILED");
    void leave();
  }
  async function run(): Promise<EventyError | undefined> {
    try {
      for await (const claim of member.claims()) {
        const handled = runClaim(claim, group, environment, options, activity, marks)
          .catch(fail)
          .finally(() => claims.delete(handled));
        claims.add(handled);
      }
    } catch (error) {
      fail(error);
    }
    await leave();
    await Promise.all(claims);
    signal.removeEventListener("abort", leave);
    if (failure !== undefined) environment.hooks.onGroupStopped?.(group.name, failure);
    return failure;
  }
  signal.addEventListener("abort", leave);
  if (signal.aborted) void leave();
  const { ends } = options;
  const atEnd = ends === undefined ? () => member.atEnd() : () => hasReached(store, group, ends);
  return { name: group.name, ended: run(), atEnd };
}

async function hasReached(store: RecordStore, group: Group, ends: readonly number[]): Promise<boolean> {
  for (const topic of group.topics) {
    for (const [partition, end] of ends.entries()) {
      if (!(await hasHandled(store, group, { topic, partition }, end))) return false;
    }
  }
  return true;
}

/** Whether nothing is left before an offset. The last ones before it may hold no record. */
async function hasHandled(
  store: RecordStore,
  group: Group,
  partition: TopicPartition,
  end: number,
): Promise<boolean> {
  const acknowledged = (await store.acknowledged(group.name, partition)) ?? 0;
  if (acknowledged >= end) return true;
  const { begin } = await store.bounds(partition);
  const { records } = await store.read(partition, Math.max(acknowledged, begin), { maxRecords: 1 });
  return (records[0]?.offset ?? end) >= end;
}
