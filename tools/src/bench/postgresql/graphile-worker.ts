import { Logger, makeWorkerUtils, run } from "graphile-worker";
import pg from "pg";
import type { Drain } from "../store/drain.js";
import { inputJobs } from "./input-jobs.js";

/**
 * The settings that were fastest of concurrentJobs 1, 4, 10, 24, 50, 100, localQueue.size 200, 500, 1000, 2000 and
 * batch delays of 0 and 10 ms, with prepared statements (the default).
 */
const fastest = { localQueue: { size: 2000 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 };

/** graphile-worker in a database of its own, and how to close it. */
export interface GraphileWorker {
  /** Each job writes one row with its payload, as ours emits one record. */
  readonly writing: Drain;
  /** A job does nothing. */
  readonly idle: Drain;
  readonly close: () => Promise<void>;
}

/** Sets graphile-worker up. */
export async function graphileWorker(url: string): Promise<GraphileWorker> {
  const pool = new pg.Pool({ connectionString: url, max: 32 });
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  const logger = new Logger(() => () => {});
  const utils = await makeWorkerUtils({ pgPool: pool, logger });
  await utils.migrate();
  await pool.query("CREATE TABLE output (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, payload jsonb)");

  /** Jobs that are done leave dead rows behind: they go first, so that they cost it nothing. */
  async function fill(records: number): Promise<void> {
    await pool.query("TRUNCATE graphile_worker._private_jobs");
    await utils.addJobs(inputJobs(records).map((payload) => ({ identifier: "task", payload })));
    await pool.query("ANALYZE graphile_worker._private_jobs");
  }

  async function drain(records: number, concurrentJobs: number, work: Work): Promise<void> {
    let finish = (): void => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let handled = 0;
    const runner = await run({
      pgPool: pool,
      logger,
      noHandleSignals: true,
      preset: { worker: { ...fastest, concurrentJobs } },
      taskList: {
        task: async (payload) => {
          await work(payload);
          if (++handled === records) finish();
        },
      },
    });
    await finished;
    // Jobs are handled; this waits until they are also taken off the queue.
    await runner.stop();
  }

  const write: Work = (payload) =>
    pool.query({ name: "output", text: "INSERT INTO output (payload) VALUES ($1)", values: [payload] });

  return {
    writing: {
      name: "graphile-worker, a job inserts one row",
      fill,
      drain: (records) => drain(records, 50, write),
    },
    idle: {
      name: "graphile-worker, a job does nothing",
      fill,
      drain: (records) => drain(records, 24, () => {}),
    },
    close: async () => {
      await utils.release();
      await pool.end();
    },
  };
}

type Work = (payload: unknown) => unknown;
