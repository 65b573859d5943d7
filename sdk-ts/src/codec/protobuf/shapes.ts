import type { Value } from "../../record/index.js";

/** True for a list of values. */
export function isList(value: unknown): value is Value[] {
  return Array.isArray(value);
}

/** True for values by key. */
export function isMap(value: unknown): value is { [key: string]: Value } {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  );
}
