import type { Data, Value } from "../record/index.js";
import type { Position } from "../store/index.js";
import type { Service } from "./service.js";

/** A partitioned state of the service: the piece of it that belongs to the partition of the record being handled. */
export interface HandlerState {
  /** The value of a key, what was set before included; undefined if it has none. */
  get(key: string): Promise<Value | undefined>;
  /**
   * Sets a key, when the record is acknowledged.
   *
   * @throws EventyError INVALID_ARGUMENT if the handler is not an exactly-once one; UNENCODABLE for what JSON cannot carry.
   */
  set(key: string, value: Value): void;
  /** Removes a key, when the record is acknowledged. */
  delete(key: string): void;
}

/** What a handler is told besides the record, and what it may do besides emitting. */
export interface HandlerContext {
  /** The service that handles. */
  readonly service: Service;
  /** What the service wrote into the causal chain before: its own part of the context. */
  readonly own: Data;
  /** Where the record stands. */
  readonly position: Position;
  /** 1, and one more after each failure. */
  readonly attempt: number;
  /**
   * The same text for each delivery of this record to this handler, and for no
   * other: give it to what is outside, so that it can tell repetitions.
   */
  readonly idempotencyKey: string;
  /**
   * Aborted when the handler is out of time, or the run is asked to end: a handler that fails thereupon has not
   * failed, and the record is handled at the next start. At-most-once handlers, whose records are not handled again,
   * have all the time that the run waits for them.
   */
  readonly signal: AbortSignal;
  /** The state of that name. */
  state(name: string): HandlerState;
  /**
   * Has work done in the store's own transaction, together with everything else
   * that the handler does. Later, when the handler has finished.
   *
   * Short statements only: while they run, others wait. What `work` is given is said by the store.
   *
   * @throws EventyError INVALID_ARGUMENT if the handler is not an exactly-once one.
   */
  inTransaction<C = unknown>(work: (connection: C) => Promise<void>): void;
}
