import { checkContext } from "../context/index.js";
import { HEADER_NAMES } from "../gen/constants.js";
import { EventyError, type EventyRecord } from "../record/index.js";
import { partitionName, type StoredRecord } from "../store/index.js";
import type { BoundHandler, Route } from "./groups.js";
import { NOBODY } from "./groups.js";
import type { Job } from "./job.js";
import type { Origin } from "./origin.js";
import { uuidOfPlace } from "./output-uuid.js";

/** What is known of a handler that failed on a record. */
export interface Tried {
  /** How many times, in this process and in those that ended while they tried. */
  readonly attempts: number;
  readonly error: EventyError;
}

/** A record on its way through the handlers of a group. */
export class Delivery {
  readonly stored: StoredRecord;
  /** Undefined: it could not be decoded, or is for others and was not. */
  readonly record: EventyRecord | undefined;
  /** Why it could not be decoded. */
  readonly refusal: EventyError | undefined;
  readonly route: Route;
  readonly #job: Job;
  readonly #earlier: number;
  #origin: Origin | undefined;
  #tried: Map<BoundHandler, Tried> | undefined;
  #finished: Set<BoundHandler> | undefined;
  #failedWork: { readonly handler: BoundHandler; readonly error: unknown } | undefined;

  /**
   * Decodes a record and finds who wants it, unless its headers say that it is for others. Never throws.
   *
   * @param earlier How many times processes have ended while they tried it alone.
   */
  constructor(stored: StoredRecord, job: Job, earlier = 0) {
    this.stored = stored;
    this.#job = job;
    this.#earlier = earlier;
    let record: EventyRecord | undefined;
    let route = NOBODY;
    try {
      if (!job.group.isForOthers(stored)) {
        record = decode(stored, job);
        route = job.group.route(record, stored);
        if (route !== NOBODY) checkContext(record, job.environment.contextLimits);
      }
    } catch (error) {
      this.refusal = EventyError.from(error, "MALFORMED");
      record = undefined;
      route = NOBODY;
    }
    this.record = record;
    this.route = route;
  }

  /** Where the record comes from. */
  get origin(): Origin {
    this.#origin ??= this.#job.group.originOf(this.stored);
    return this.#origin;
  }

  /** The same, for messages. */
  get place(): string {
    const { position } = this.origin;
    return `${partitionName(position)} at offset ${position.offset}`;
  }

  /** What a handler's tries came to that have failed so far. */
  tried(handler: BoundHandler): Tried | undefined {
    return this.#tried?.get(handler);
  }

  /** 1, and one more after each failure of the handler. */
  attempt(handler: BoundHandler): number {
    return (this.tried(handler)?.attempts ?? this.#earlier) + 1;
  }

  /** Notes that a handler has failed. */
  fail(handler: BoundHandler, error: unknown): void {
    this.#tried ??= new Map();
    const attempts = this.attempt(handler);
    this.#tried.set(handler, { attempts, error: EventyError.from(error, "HANDLER_FAILED") });
  }

  /** Notes that the work has failed that a handler has the store's transaction do. It counts if the commit fails of it. */
  failInTransaction(handler: BoundHandler, error: unknown): void {
    this.#failedWork = { handler, error };
  }

  /** Whether a commit has failed of the work of one of its handlers, which then has failed. */
  hasFailed(commit: unknown): boolean {
    const failed = this.#failedWork;
    this.#failedWork = undefined;
    if (failed === undefined || !isOrIsCausedBy(commit, failed.error)) return false;
    this.fail(failed.handler, failed.error);
    return true;
  }

  /** Whether a handler is not to be called again, in this process. */
  isFinished(handler: BoundHandler): boolean {
    return this.#finished?.has(handler) ?? false;
  }

  /** Notes that a handler is not to be called again. */
  finish(handler: BoundHandler): void {
    this.#finished ??= new Set();
    this.#finished.add(handler);
  }
}

function decode(stored: StoredRecord, { environment, group }: Job): EventyRecord {
  if (stored.value === null) throw new EventyError("MALFORMED", "there are no bytes: it is a tombstone");
  return environment.codecs.decode(stored.value, {
    contentType: stored.headers[HEADER_NAMES.contentType] ?? environment.readAs,
    missingUuid: () => uuidOfPlace(group.originOf(stored).position),
  });
}

function isOrIsCausedBy(error: unknown, cause: unknown): boolean {
  return error === cause || (error instanceof Error && isOrIsCausedBy(error.cause, cause));
}
