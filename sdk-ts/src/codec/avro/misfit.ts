import { EventyError, pathOf } from "../../record/index.js";

/**
 * A value does not fit its schema. Collects the path while it passes upwards,
 * so that values that fit cost nothing for it.
 */
export class Misfit extends Error {
  readonly #members: (string | number)[] = [];

  /** Passes an error on from a member of a value. */
  static in(member: string | number, error: unknown): unknown {
    if (error instanceof Misfit) error.#members.unshift(member);
    return error;
  }

  /** What the caller of a codec gets for an error. */
  static toEventyError(error: unknown): unknown {
    if (!(error instanceof Misfit)) return error;
    return new EventyError("UNENCODABLE", error.message, {
      path: error.#members.reduce<string>(pathOf, ""),
    });
  }
}

/** How messages name a value. */
export function describeValue(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "string") return "a text";
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return "a list";
  return value instanceof Uint8Array ? `${value.length} bytes` : "a map";
}
