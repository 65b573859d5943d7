import type { NewRecord, Transaction } from "../store/index.js";
import { AppendQueue } from "./append-queue.js";
import type { Delivery } from "./delivery.js";
import { FailingRecords } from "./failing-records.js";
import { failureOf, stopError } from "./failures.js";
import type { BoundHandler } from "./groups.js";
import { callHandler } from "./handler-call.js";
import type { Job } from "./job.js";
import { Interrupted } from "./run-control.js";
import type { Sink } from "./sink.js";
import { StoreProblem } from "./store-problem.js";
import { BufferFull, TransactionBuffer } from "./transaction-buffer.js";
import { untilAvailable } from "./until-available.js";

/**
 * Records of a batch that are acknowledged together: as many as follow one
 * another without a failure, or one alone that met the policy of a handler.
 */
export class Part {
  readonly #deliveries: readonly Delivery[];
  readonly #from: number;
  readonly #job: Job;
  readonly #buffer: TransactionBuffer;
  readonly #failing: FailingRecords;
  /** Index behind the last record for which an at-least-once handler was called. */
  #called: number;
  #to: number;
  #undoAll: () => void = () => {};

  /** Begins with all records from an index on. */
  constructor(deliveries: readonly Delivery[], from: number, job: Job) {
    this.#deliveries = deliveries;
    this.#from = from;
    this.#to = deliveries.length;
    this.#called = from;
    this.#job = job;
    this.#buffer = new TransactionBuffer(job.environment.bufferBytes, job.commits.uncommitted);
    this.#failing = new FailingRecords(job, this.#buffer);
  }

  /** Index behind its last record. */
  get to(): number {
    return this.#to;
  }

  /** The first phase: calls at-least-once handlers, and makes their outputs durable. */
  async handleAtLeastOnce(): Promise<void> {
    const queue = new AppendQueue((records) => this.#append(records));
    for (let index = this.#from; index < this.#to; index++) {
      const delivery = this.#deliveries[index];
      if (delivery === undefined || (index > this.#from && this.#job.control.stopping)) this.#to = index;
      else if (isUndecodable(delivery) || delivery.route.atLeastOnce.length > 0) {
        if (!(await this.#callAtLeastOnce(delivery, index, queue))) this.#to = index;
      }
    }
    await queue.flush();
  }

  /** The second phase, except for its commit: calls exactly-once handlers, and keeps what they emit. */
  async handleExactlyOnce(): Promise<void> {
    this.#undoAll = this.#failing.savepoint();
    for (let index = this.#from; index < this.#to; index++) {
      const delivery = this.#deliveries[index];
      const mayEnd = index > this.#from && index >= this.#called;
      if (delivery === undefined || (mayEnd && this.#job.control.stopping)) this.#to = index;
      else if (isUndecodable(delivery) || delivery.route.exactlyOnce.length > 0) {
        if (!(await this.#callExactlyOnce(delivery, index))) this.#to = index;
      }
    }
  }

  /**
   * Begins to make everything durable and to acknowledge it, once the commit before is through. Does not wait for the
   * end, unless there is work of handlers in the transaction.
   *
   * @param next Offset behind the batch.
   * @returns false if the work of a handler failed in the transaction: the second phase is to be repeated
   */
  async commit(next: number): Promise<boolean> {
    const { commits } = this.#job;
    await commits.settle();
    const transaction = this.#buffer.transaction(this.#deliveries[this.#to]?.stored.offset ?? next);
    if (this.#buffer.hasWork) return this.#work(transaction);
    commits.begin(this.#buffer, () => this.#commit(transaction));
    return true;
  }

  async #work(transaction: Transaction): Promise<boolean> {
    try {
      await this.#commit(transaction);
      return true;
    } catch (problem) {
      const failed = this.#deliveries.findIndex((delivery) => delivery.hasFailed(problem));
      if (failed < 0) throw problem;
      this.#undoAll();
      this.#to = Math.max(failed, this.#from + 1);
      return false;
    }
  }

  async #commit(transaction: Transaction): Promise<void> {
    await untilAvailable(this.#job, () => this.#job.claim.commit(transaction));
    this.#failing.report();
  }

  async #append(records: readonly NewRecord[]): Promise<void> {
    await this.#job.commits.settle();
    await untilAvailable(this.#job, () => this.#job.claim.append(records), true);
  }

  async #callAtLeastOnce(delivery: Delivery, index: number, queue: AppendQueue): Promise<boolean> {
    if (delivery.refusal !== undefined && this.#job.environment.undecodable === "stop") {
      if (index > this.#from) return false;
      throw stopError(failureOf(delivery, null, { attempts: 1, error: delivery.refusal }), delivery);
    }
    for (const handler of delivery.route.atLeastOnce) {
      if (delivery.isFinished(handler)) continue;
      if (!(await this.#settle(delivery, handler, queue, index))) return false;
      delivery.finish(handler);
      this.#called = index + 1;
    }
    return true;
  }

  #callExactlyOnce(delivery: Delivery, index: number): Promise<boolean> {
    const { refusal, route } = delivery;
    if (refusal !== undefined) this.#failing.giveUp(delivery, null, { attempts: 1, error: refusal });
    const [handler, ...others] = route.exactlyOnce;
    if (handler === undefined) return Promise.resolve(true);
    // What a handler did that fails is undone where it fails; several have to undo what those before it did.
    return others.length === 0
      ? this.#settle(delivery, handler, this.#buffer, index)
      : this.#settleAll(delivery, route.exactlyOnce, index);
  }

  async #settleAll(delivery: Delivery, handlers: readonly BoundHandler[], index: number): Promise<boolean> {
    const undo = this.#failing.savepoint();
    for (const handler of handlers) {
      if (await this.#settle(delivery, handler, this.#buffer, index)) continue;
      undo();
      return false;
    }
    return true;
  }

  /** Calls a handler until it succeeds or its policy gives up; false: this record has to become the first of a part. */
  async #settle(delivery: Delivery, handler: BoundHandler, sink: Sink, index: number): Promise<boolean> {
    for (;;) {
      const tried = delivery.tried(handler);
      if (tried !== undefined) {
        if (index > this.#from) return false;
        this.#to = index + 1;
        await this.#job.commits.settle();
        if (!(await this.#failing.tryAgain(delivery, handler, tried))) return true;
      }
      const breath = this.#job.commits.breathe();
      if (breath !== undefined) await breath;
      const undo = sink.savepoint();
      try {
        await callHandler(handler, delivery, sink, this.#job);
        return true;
      } catch (error) {
        if (error instanceof Interrupted || error instanceof StoreProblem) throw error;
        undo();
        if (this.#job.control.stopping) {
          if (index === this.#from) throw new Interrupted();
          return false;
        }
        if (error instanceof BufferFull && index > this.#from) return false;
        delivery.fail(handler, error);
      }
    }
  }
}

function isUndecodable({ refusal }: Delivery): boolean {
  return refusal !== undefined;
}
