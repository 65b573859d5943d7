import type { EventyError } from "../record/index.js";

/** An error of the store, which no handler is to blame for. Never leaves this folder: callers get what is in it. */
export class StoreProblem extends Error {
  readonly error: EventyError;

  constructor(error: EventyError) {
    super(error.message, { cause: error });
    this.error = error;
  }

  /** What callers get for an error. */
  static unwrap(error: unknown): unknown {
    return error instanceof StoreProblem ? error.error : error;
  }
}
