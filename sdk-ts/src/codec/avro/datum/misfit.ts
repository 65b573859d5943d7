import { NestedError } from "../../../record/index.js";
import { describeSchema, type Schema } from "../schema/schema.js";

/** The error for a value that is none of the schema's. */
export function misfit(schema: Schema, value: unknown, advice = ""): NestedError {
  return unencodable(`${describeValue(value)} is not a value of ${describeSchema(schema)}${advice}`);
}

/** The error for a value that cannot be written. */
export function unencodable(problem: string): NestedError {
  return new NestedError("UNENCODABLE", problem);
}

/** How messages name a value. */
function describeValue(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "string") return "a text";
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return "a list";
  return value instanceof Uint8Array ? `${value.length} bytes` : "a map";
}
