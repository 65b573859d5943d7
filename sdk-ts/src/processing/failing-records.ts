import { backoffMs } from "./backoff.js";
import type { Delivery, Tried } from "./delivery.js";
import { failureOf, letterOf, reportGivenUp, stopError } from "./failures.js";
import type { BoundHandler } from "./groups.js";
import type { Job } from "./job.js";
import { lastResort } from "./policy.js";
import type { TransactionBuffer } from "./transaction-buffer.js";

/** Does what policies say with records that fail. Those given up are durable with a buffer, and told of after that. */
export class FailingRecords {
  readonly #job: Job;
  readonly #buffer: TransactionBuffer;
  readonly #reports: (() => void)[] = [];

  constructor(job: Job, buffer: TransactionBuffer) {
    this.#job = job;
    this.#buffer = buffer;
  }

  /**
   * What the policy of a handler says: true, after the wait, to call it again; false when the record was given up.
   *
   * @throws EventyError HANDLER_FAILED where it says to stop; Interrupted during the wait
   */
  async tryAgain(delivery: Delivery, handler: BoundHandler, tried: Tried): Promise<boolean> {
    const { onError } = handler;
    if (typeof onError === "object" && tried.attempts <= onError.times) {
      const delayMs = backoffMs(onError, tried.attempts);
      const { hooks } = this.#job.environment;
      hooks.onRetry?.(failureOf(delivery, handler, tried), delayMs);
      await this.#job.control.pause(delayMs, "stop");
      return true;
    }
    this.giveUp(delivery, handler, tried);
    return false;
  }

  /**
   * Goes on without a record, as the policy of its handler says, or that for records that cannot be decoded (null).
   *
   * @throws EventyError HANDLER_FAILED, or why it cannot be decoded, where the policy says to stop
   */
  giveUp(delivery: Delivery, handler: BoundHandler | null, tried: Tried): void {
    const failure = failureOf(delivery, handler, tried);
    const resort = lastResort(handler?.onError ?? this.#job.environment.undecodable);
    if (resort === "stop") throw stopError(failure, delivery);
    if (resort === "deadLetter") this.#buffer.addLetter(letterOf(failure, delivery.origin, this.#job));
    this.#reports.push(() => reportGivenUp(failure, resort, this.#job));
  }

  /** A function that undoes everything in the buffer since, and what would be told of it. */
  savepoint(): () => void {
    const undo = this.#buffer.savepoint();
    const reports = this.#reports.length;
    return () => {
      undo();
      this.#reports.length = reports;
    };
  }

  /** Tells who wants to know which records were given up. */
  report(): void {
    for (const report of this.#reports) report();
  }
}
