import { EventyError } from "../record/index.js";
import { isDuration, LONGEST_MS } from "./duration.js";

/** What ends the tries of a record whose handler fails. */
export type LastResort = "stop" | "deadLetter" | "skip";

/** The handler is called again, and the records behind wait meanwhile: order is kept. */
export interface Retry {
  /** How often it is called again. */
  readonly times: number;
  /** Milliseconds before the first time; each next wait is twice as long. Half of each is random. */
  readonly delayMs: number;
  /** Milliseconds that no wait exceeds. */
  readonly maxDelayMs: number;
  /** What is done when the last time has failed too. */
  readonly orElse: LastResort;
}

/**
 * What is done with a record whose handler fails.
 *
 * - `"stop"`: its group stops with HANDLER_FAILED, and the record is the first one when it runs again.
 * - `"deadLetter"`: a copy goes to the dead letters of the service, and the group goes on.
 * - `"skip"`: the group goes on.
 * - {@link retry}: the handler is called again.
 */
export type ErrorPolicy = LastResort | Retry;

/** What {@link retry} is asked. */
export interface RetryOptions {
  /** Default: 5. */
  readonly times?: number;
  /** Milliseconds. Default: 100. */
  readonly delayMs?: number;
  /** Milliseconds. Default: 30,000. */
  readonly maxDelayMs?: number;
  /** Default: `stop`. */
  readonly orElse?: LastResort;
}

/** The group stops. The default. */
export const stop: LastResort = "stop";
/** The record becomes a dead letter, and the group goes on. */
export const deadLetter: LastResort = "deadLetter";
/** The group goes on without the record. */
export const skip: LastResort = "skip";

/**
 * The handler is called again, after waits that grow.
 *
 * @throws EventyError INVALID_ARGUMENT for a number out of its range.
 */
export function retry(options: RetryOptions = {}): Retry {
  const { times = 5, delayMs = 100, maxDelayMs = 30_000, orElse = stop } = options;
  if (!Number.isInteger(times) || times < 0 || !isDuration(delayMs) || !isDuration(maxDelayMs)) {
    throw new EventyError(
      "INVALID_ARGUMENT",
      `times is an integer of 0 or more, delayMs and maxDelayMs are between 0 and ${LONGEST_MS}`,
    );
  }
  return { times, delayMs, maxDelayMs, orElse };
}

/** What a policy does in the end. */
export function lastResort(policy: ErrorPolicy): LastResort {
  return typeof policy === "object" ? policy.orElse : policy;
}
