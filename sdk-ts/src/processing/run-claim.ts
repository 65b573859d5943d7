import { PROCESSING } from "../gen/constants.js";
import { EventyError } from "../record/index.js";
import type { Batch, Claim, FetchLimit } from "../store/index.js";
import { Activity } from "./activity.js";
import { Commits } from "./commits.js";
import { CrashGuard } from "./crash-guard.js";
import type { Environment } from "./environment.js";
import type { Group } from "./groups.js";
import type { Job } from "./job.js";
import { OwnMarks } from "./own-marks.js";
import { Prefetch } from "./prefetch.js";
import { Interrupted, RunControl } from "./run-control.js";
import { StoreProblem } from "./store-problem.js";

const DRAIN_TIMEOUT_MS = 30_000;

/** How a partition is handled. */
export interface ClaimOptions {
  /** How much is read and handled at once. Default: 500 records, 4 MiB. */
  readonly batch?: FetchLimit;
  /** How often a record that ends the process is tried alone before it becomes a dead letter. Default: 3. */
  readonly crashLimit?: number;
  /** Milliseconds that handlers get to finish when the program is to end. Default: 30,000. */
  readonly drainTimeoutMs?: number;
  /** Offsets at which to end, one for each partition of the only topic. Default: nowhere. */
  readonly ends?: readonly number[];
}

/**
 * Handles a partition until it is to be given up or is lost, and releases it.
 *
 * @param activity Is told when something is being handled.
 * @param marks Shared by all claims of a process. Default: nothing is known of earlier ones.
 * @throws EventyError HANDLER_FAILED where a policy says to stop; POSITION_LOST, STORE_FAILED and others of the store
 */
export async function runClaim(
  claim: Claim,
  group: Group,
  environment: Environment,
  options: ClaimOptions = {},
  activity: Activity = new Activity(),
  marks: OwnMarks = new OwnMarks(),
): Promise<void> {
  const {
    batch: limit = {},
    crashLimit = PROCESSING.crashLimit,
    drainTimeoutMs = DRAIN_TIMEOUT_MS,
  } = options;
  const control = new RunControl(claim.signal, drainTimeoutMs);
  const commits = new Commits(control, activity);
  const job: Job = { claim, group, environment, control, commits };
  const prefetch = new Prefetch(claim, job, limit);
  const guard = new CrashGuard(claim, job, crashLimit, marks);
  async function handleAll(): Promise<void> {
    while (!control.stopping) {
      const batch = cut(await prefetch.next(), options.ends?.[claim.partition]);
      if (batch.records.length > 0) await activity.during(() => guard.handle(batch));
    }
  }
  try {
    // Where a commit has failed, it does not count what became of the handlers behind it.
    await handleAll().finally(() => commits.settle());
  } catch (thrown) {
    if (thrown instanceof Interrupted) return;
    const error = EventyError.from(StoreProblem.unwrap(thrown), "HANDLER_FAILED");
    if (error.code !== "FENCED") throw error;
    environment.hooks.onStoreProblem?.(
      { group: group.name, topic: claim.topic, partition: claim.partition },
      error,
    );
  } finally {
    control.stop();
    await prefetch.end();
    control.dispose();
    await claim.release();
  }
}

/** What of a batch comes before an offset. */
function cut(batch: Batch, end = Number.POSITIVE_INFINITY): Batch {
  if (batch.next <= end) return batch;
  return { records: batch.records.filter(({ offset }) => offset < end), next: end };
}
