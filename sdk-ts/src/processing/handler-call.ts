import { ownContext, runInScope, type Scope } from "../context/index.js";
import { type Data, EventyError, type EventyRecord } from "../record/index.js";
import type { Position } from "../store/index.js";
import type { Delivery } from "./delivery.js";
import { encodeFor, expectDraft, stamp } from "./emission.js";
import type { BoundHandler } from "./groups.js";
import { atMostOnce } from "./handler.js";
import type { HandlerContext, HandlerState } from "./handler-context.js";
import type { Job } from "./job.js";
import type { OutputDraft } from "./output-draft.js";
import { deliveryName, idempotencyKey, outputUuid } from "./output-uuid.js";
import type { Service } from "./service.js";
import type { Sink } from "./sink.js";
import { StateView } from "./state-view.js";
import { StoreProblem } from "./store-problem.js";
import { TransactionBuffer } from "./transaction-buffer.js";
import { untilAvailable } from "./until-available.js";

/**
 * Calls a handler for a record, once, and gives what it emits to the sink.
 *
 * @throws whatever the handler throws; EventyError HANDLER_FAILED when it is out of time; StoreProblem; Interrupted
 */
export function callHandler(handler: BoundHandler, delivery: Delivery, sink: Sink, job: Job): Promise<void> {
  return job.control.guard(new HandlerCall(handler, delivery, sink, job), handler.timeoutMs);
}

/** One call of a handler, and what the handler is told. Parts that few handlers ask for are made when they do. */
class HandlerCall implements HandlerContext {
  readonly #handler: BoundHandler;
  readonly #delivery: Delivery;
  readonly #record: EventyRecord;
  readonly #sink: Sink;
  readonly #job: Job;
  readonly #scope: Scope;
  /** How many outputs of each qualified name there are so far. */
  readonly #outputs = new Map<string, number>();
  #name: string | undefined;
  #controller: AbortController | undefined;
  #problem: unknown;
  #isOver = false;

  constructor(handler: BoundHandler, delivery: Delivery, sink: Sink, job: Job) {
    const { record } = delivery;
    if (record === undefined) throw new EventyError("INVALID_ARGUMENT", "there is no record to handle");
    this.#handler = handler;
    this.#delivery = delivery;
    this.#record = record;
    this.#sink = sink;
    this.#job = job;
    const { service, instance, limits, now } = job.environment.scope;
    this.#scope = { service, instance, limits, now, record, uuidOf: (name) => this.#uuidOf(name) };
  }

  run(done: () => void, failed: (error: unknown) => void): void {
    runInScope(this.#scope, () => void this.#run(done, failed));
  }

  async #run(done: () => void, failed: (error: unknown) => void): Promise<void> {
    try {
      const given = this.#handler.handle(this.#record, this);
      for await (const draft of "then" in given ? ((await given) ?? []) : given) {
        // Nobody waits any longer for who was too slow.
        if (this.#isOver) return;
        const wait = this.#emit(draft);
        if (wait !== undefined) await wait;
      }
      this.#isOver = true;
      if (this.#problem === undefined) done();
      else failed(this.#problem);
    } catch (error) {
      this.#isOver = true;
      failed(error);
    }
  }

  askToEnd(): void {
    // What is acknowledged is not handled again: its handler gets all the time that there is.
    if (this.#handler.guarantee !== atMostOnce) this.#controller?.abort();
  }

  abandon(reason: Error): void {
    this.#isOver = true;
    this.#controller?.abort(reason);
  }

  get service(): Service {
    return this.#job.environment.service;
  }

  get own(): Data {
    return ownContext(this.#record, this.service.urn);
  }

  get position(): Position {
    const { topic, partition, offset } = this.#delivery.origin.position;
    return { topic, partition, offset };
  }

  get attempt(): number {
    return this.#delivery.attempt(this.#handler);
  }

  get idempotencyKey(): string {
    return idempotencyKey(this.#identity);
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#job.control.stopping) this.askToEnd();
    return this.#controller.signal;
  }

  get state(): (name: string) => HandlerState {
    return (name) => {
      if (!this.#job.group.hasState) throw new EventyError("INVALID_ARGUMENT", NO_STATE);
      const changes = this.#sink instanceof TransactionBuffer ? this.#sink : this.#job.commits.uncommitted;
      return new StateView(
        name,
        (state, key) => this.#readState(state, key),
        changes,
        () => this.#transaction(`change the state ${name}`),
      );
    };
  }

  get inTransaction(): <C>(work: (connection: C) => Promise<void>) => void {
    return <C>(work: (connection: C) => Promise<void>) =>
      this.#transaction("work in the transaction").addWork(async (connection) => {
        try {
          await work(connection as C);
        } catch (error) {
          this.#delivery.failInTransaction(this.#handler, error);
          throw error;
        }
      });
  }

  #emit(draft: OutputDraft): Promise<void> | undefined {
    if (this.#problem !== undefined) throw this.#problem;
    expectDraft(draft);
    if (draft.uuid !== undefined) this.#count(`${draft.to}:${draft.name}`);
    const record = stamp(draft, this.#scope);
    return this.#sink.add(encodeFor(draft, record, this.#job.environment));
  }

  #uuidOf(qualifiedName: string): string {
    this.#name ??= deliveryName(this.#identity);
    return outputUuid(this.#name, qualifiedName, this.#count(qualifiedName));
  }

  #count(qualifiedName: string): number {
    const before = this.#outputs.get(qualifiedName) ?? 0;
    this.#outputs.set(qualifiedName, before + 1);
    return before;
  }

  get #identity(): { source: string; uuid: string; group: string; handler: string } {
    const { source, uuid } = this.#record;
    return { source, uuid, group: this.#handler.group, handler: this.#handler.id };
  }

  #transaction(purpose: string): TransactionBuffer {
    if (this.#isOver) throw new EventyError("INVALID_ARGUMENT", `the handler is over: it cannot ${purpose}`);
    if (this.#sink instanceof TransactionBuffer) return this.#sink;
    throw new EventyError(
      "INVALID_ARGUMENT",
      `${this.#handler.id} cannot ${purpose}: only exactly-once handlers have a transaction`,
    );
  }

  /** A handler may catch what this throws, and is still not to blame for it. */
  async #readState(state: string, key: string): Promise<Uint8Array | null> {
    try {
      return await untilAvailable(this.#job, () => this.#job.claim.state(state, key));
    } catch (problem) {
      this.#problem = problem;
      throw StoreProblem.unwrap(problem);
    }
  }
}

const NO_STATE =
  "state belongs to the partition that a record comes from, and a dead letter that is handled again is elsewhere";
