import pg from "pg";
import PgBoss from "pg-boss";
import { type Drain, inBatches } from "../store/drain.js";
import { inputJobs } from "./input-jobs.js";

/** pg-boss in a database of its own, and how to close it. */
export interface Boss {
  /** Each batch adds a job to another queue for each of its jobs, as ours emits one record each. */
  readonly writing: Drain;
  /** A job does nothing. */
  readonly idle: Drain;
  readonly close: () => Promise<void>;
}

/** Fastest of batches of 500, 1000 and 2000 by 1 to 4 loops at once. */
const fastest = { batchSize: 500, loops: 3 };

/** Sets pg-boss up: jobs are fetched and completed in batches, with neither priority nor later start to look at. */
export async function pgBoss(url: string): Promise<Boss> {
  const boss = new PgBoss({ connectionString: url, max: 10, supervise: false, schedule: false });
  boss.on("error", (error) => console.error(error));
  await boss.start();
  await boss.createQueue("input");
  await boss.createQueue("output");
  const pool = new pg.Pool({ connectionString: url, max: 1 });

  /** Completed jobs stay in its table until it archives them: they go first, so that they cost it nothing. */
  async function fill(records: number): Promise<void> {
    await pool.query("TRUNCATE pgboss.job");
    await inBatches(records, (size) => boss.insert(inputJobs(size).map((data) => ({ name: "input", data }))));
    await pool.query("ANALYZE pgboss.job");
  }

  async function loop(work: Work): Promise<void> {
    for (;;) {
      const jobs = await boss.fetch<object>("input", {
        batchSize: fastest.batchSize,
        priority: false,
        ignoreStartAfter: true,
      });
      if (jobs.length === 0) return;
      await work(jobs);
      await boss.complete(
        "input",
        jobs.map((job) => job.id),
      );
    }
  }

  async function drain(work: Work): Promise<void> {
    await Promise.all(Array.from({ length: fastest.loops }, () => loop(work)));
  }

  const write: Work = (jobs) => boss.insert(jobs.map(({ data }) => ({ name: "output", data })));

  return {
    writing: { name: "pg-boss, a job adds one job", fill, drain: () => drain(write) },
    idle: { name: "pg-boss, a job does nothing", fill, drain: () => drain(() => {}) },
    close: async () => {
      await boss.stop({ graceful: false });
      await pool.end();
    },
  };
}

type Work = (jobs: readonly PgBoss.Job<object>[]) => unknown;
