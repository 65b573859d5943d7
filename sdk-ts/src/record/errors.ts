import type { ErrorCode } from "../gen/constants.js";

export type { ErrorCode } from "../gen/constants.js";

/** Where and why an {@link EventyError} happened. */
export interface EventyErrorOptions {
  /** Place in the record, such as `data.lines[2].qty`. */
  readonly path?: string;
  /** The error behind this one. */
  readonly cause?: unknown;
}

/**
 * The only error that this package throws.
 *
 * `code` is one of a closed list and is what programs decide on; `message` is
 * for people and may change between versions.
 */
export class EventyError extends Error {
  override readonly name = "EventyError";
  readonly code: ErrorCode;
  /** Place in the record, such as `data.lines[2].qty`; empty where there is none. */
  readonly path: string;

  constructor(code: ErrorCode, message: string, options: EventyErrorOptions = {}) {
    const path = options.path ?? "";
    super(path === "" ? message : `${path}: ${message}`, "cause" in options ? { cause: options.cause } : {});
    this.code = code;
    this.path = path;
  }

  /** The error itself if it is an EventyError, else one of the given code that has it as its cause. */
  static from(error: unknown, code: ErrorCode): EventyError {
    if (error instanceof EventyError) return error;
    return new EventyError(code, error instanceof Error ? error.message : String(error), { cause: error });
  }
}
