import { type ErrorCode, EventyError } from "./errors.js";
import { pathOf } from "./path.js";

/**
 * An error within a nested value. It collects its path on its way up, so that
 * values without errors cost nothing for it. For authors of codecs.
 */
export class NestedError extends Error {
  readonly #code: ErrorCode;
  readonly #members: (string | number)[] = [];

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.#code = code;
  }

  /** What to throw on when a member of a value threw. */
  static within(member: string | number, error: unknown): unknown {
    if (error instanceof NestedError) error.#members.unshift(member);
    return error;
  }

  /** What the caller gets for an error within the value at the given place. */
  static at(place: string, error: unknown): unknown {
    if (!(error instanceof NestedError)) return error;
    const path = error.#members.reduce<string>(pathOf, place);
    return new EventyError(error.#code, error.message, { path });
  }
}
