import type { Batch, Claim, FetchLimit } from "../store/index.js";
import type { Job } from "./job.js";
import { untilAvailable } from "./until-available.js";

/** Fetches one batch ahead while another is handled, and no more. */
export class Prefetch {
  readonly #claim: Claim;
  readonly #job: Job;
  readonly #limit: FetchLimit;
  #ahead: Promise<Batch> | undefined;

  constructor(claim: Claim, job: Job, limit: FetchLimit) {
    this.#claim = claim;
    this.#job = job;
    this.#limit = limit;
  }

  /**
   * The next batch; the one behind it is being fetched from now on. Empty: the claim is to be given up.
   *
   * @throws StoreProblem
   */
  async next(): Promise<Batch> {
    const batch = await (this.#ahead ?? this.#fetch());
    if (batch.records.length > 0) this.#ahead = this.#fetch();
    return batch;
  }

  /** Waits for the fetch that is under way, which ends when the job is stopping. */
  async end(): Promise<void> {
    await this.#ahead?.catch(() => {});
  }

  #fetch(): Promise<Batch> {
    const { signal } = this.#job.control;
    const batch = untilAvailable(this.#job, () => this.#claim.fetch(this.#limit, signal));
    // Whoever calls next() gets the error.
    batch.catch(() => {});
    return batch;
  }
}
