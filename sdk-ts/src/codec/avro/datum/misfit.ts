import { EventyError, pathOf } from "../../../record/index.js";
import { describeSchema, type Schema } from "../schema/schema.js";

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

/** The error for a value that is none of the schema's. */
export function misfit(schema: Schema, value: unknown, advice = ""): Misfit {
  return new Misfit(`${describeValue(value)} is not a value of ${describeSchema(schema)}${advice}`);
}

/** How messages name a value. */
function describeValue(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "string") return "a text";
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return "a list";
  return value instanceof Uint8Array ? `${value.length} bytes` : "a map";
}
