import { EventyError } from "../record/index.js";
import type { Batch, Claim, CrashMark, StoredRecord } from "../store/index.js";
import { letterOf, reportGivenUp } from "./failures.js";
import { handleAhead, handleBatch } from "./handle-batch.js";
import { atMostOnce } from "./handler.js";
import type { Failure } from "./hooks.js";
import type { Job } from "./job.js";
import type { OwnMarks } from "./own-marks.js";
import { untilAvailable } from "./until-available.js";

/**
 * Finds the record that ends the process each time it is handled.
 *
 * Before the first batch after a partition was taken over, it leaves a durable
 * mark, which the acknowledgement removes. Who finds one knows that the
 * predecessor did not get that far: it tries the records one by one, counts the
 * tries in the mark, and makes a dead letter of one that was tried too often.
 */
export class CrashGuard {
  readonly #claim: Claim;
  readonly #job: Job;
  readonly #limit: number;
  readonly #marks: OwnMarks;
  /** Records before its `until` are under suspicion. */
  #found: CrashMark | null;
  #isFirst: boolean;

  /**
   * @param limit How often a record is tried alone.
   * @param marks What this process has made before in its partitions.
   */
  constructor(claim: Claim, job: Job, limit: number, marks: OwnMarks) {
    this.#claim = claim;
    this.#job = job;
    this.#limit = limit;
    this.#marks = marks;
    this.#found = marks.found(claim);
    // What is called at most once is called after the acknowledgement, and meets no record again.
    this.#isFirst = job.group.handlers.some((handler) => handler.guarantee !== atMostOnce);
  }

  /** Handles a batch, as {@link handleAhead} does. */
  async handle(batch: Batch): Promise<boolean> {
    const found = this.#found;
    if (found === null) return this.#handleRest(batch);
    const suspects = batch.records.filter(({ offset }) => offset < found.until);
    for (const [index, stored] of suspects.entries()) {
      const next = batch.records[index + 1]?.offset ?? batch.next;
      if (!(await this.#handleAlone(stored, next, found))) return false;
    }
    if (suspects.length === batch.records.length) return true;
    this.#found = null;
    if (suspects.length > 0) this.#isFirst = false;
    return this.#handleRest({ records: batch.records.slice(suspects.length), next: batch.next });
  }

  async #handleRest(batch: Batch): Promise<boolean> {
    const first = batch.records[0];
    if (!this.#isFirst || first === undefined) return handleAhead(batch, this.#job);
    this.#isFirst = false;
    return this.#handleMarked(batch, { offset: first.offset, until: batch.next, attempt: 0 }, null);
  }

  async #handleAlone(
    stored: StoredRecord,
    next: number,
    { offset, until, attempt }: CrashMark,
  ): Promise<boolean> {
    if (this.#job.control.stopping) return false;
    const ended = stored.offset === offset ? attempt : 0;
    if (ended >= this.#limit) return this.#giveUp(stored, next, ended);
    const before = { offset: stored.offset, until, attempt: ended };
    return this.#handleMarked({ records: [stored], next }, { ...before, attempt: ended + 1 }, before);
  }

  /** No handler is called for what comes behind before the mark is gone. */
  async #handleMarked(batch: Batch, mark: CrashMark, before: CrashMark | null): Promise<boolean> {
    this.#marks.note(this.#claim, mark, before);
    await untilAvailable(this.#job, () => this.#claim.mark(mark));
    return handleBatch(batch, this.#job, before?.attempt);
  }

  /** No handler is called, and the bytes are not looked at: it may be decoding that ends the process. */
  async #giveUp(stored: StoredRecord, next: number, attempts: number): Promise<boolean> {
    const error = new EventyError("HANDLER_FAILED", `ended the process ${attempts} times`);
    const origin = this.#job.group.originOf(stored);
    const failure: Failure = { group: origin.group, handler: null, stored, attempts, error };
    const letter = letterOf(failure, origin, this.#job);
    await untilAvailable(this.#job, () => this.#claim.commit({ acknowledge: next, records: [letter] }));
    reportGivenUp(failure, "deadLetter", this.#job);
    return true;
  }
}
