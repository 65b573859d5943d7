import type { Schema } from "./schema.js";

const INT_MAX = 2 ** 31;
const LONG_MAX = 2n ** 63n;

/** What is known already of whether an object fits a schema. */
export type FitsMemo = Map<object, Map<Schema, boolean>>;

/** Whether a value is one that an `int` carries exactly. */
export function fitsInt(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= -INT_MAX && value < INT_MAX;
}

/** Whether a value is one that a `long` carries exactly. A number from 2^53 on is a double, perhaps a rounded one. */
export function fitsLong(value: unknown): value is number | bigint {
  return Number.isSafeInteger(value) || (typeof value === "bigint" && value >= -LONG_MAX && value < LONG_MAX);
}

/** Whether a value is one that a `double` carries exactly. */
export function fitsDouble(value: unknown): value is number | bigint {
  return (
    Number.isFinite(value) ||
    (typeof value === "bigint" && fitsLong(value) && BigInt(Number(value)) === value)
  );
}

/** Whether a value is one that a `float` carries exactly. */
export function fitsFloat(value: unknown): value is number | bigint {
  return fitsDouble(value) && Math.fround(Number(value)) === Number(value);
}

/** The members of a map, which is no list and no bytes. */
export function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  );
}

/**
 * Whether the schema carries the value, in depth.
 *
 * The memo keeps this linear: a value that fits several branches at each of its
 * levels would otherwise be looked at again and again.
 */
export function fits(schema: Schema, value: unknown, memo: FitsMemo): boolean {
  switch (schema.type) {
    case "null":
      return value === null;
    case "boolean":
      return typeof value === "boolean";
    case "int":
      return fitsInt(value);
    case "long":
      return fitsLong(value);
    case "float":
      return fitsFloat(value);
    case "double":
      return fitsDouble(value);
    case "string":
      return typeof value === "string";
    case "bytes":
      return value instanceof Uint8Array;
    case "fixed":
      return value instanceof Uint8Array && value.length === schema.size;
    case "enum":
      return typeof value === "string" && schema.symbols.includes(value);
    case "union":
      return schema.branches.some((branch) => fits(branch, value, memo));
    default:
      return typeof value === "object" && value !== null && fitsContainer(schema, value, memo);
  }
}

function fitsContainer(schema: Schema, value: object, memo: FitsMemo): boolean {
  const known = memo.get(value) ?? new Map<Schema, boolean>();
  memo.set(value, known);
  const before = known.get(schema);
  if (before !== undefined) return before;
  const answer = membersFit(schema, value, memo);
  known.set(schema, answer);
  return answer;
}

function membersFit(schema: Schema, value: object, memo: FitsMemo): boolean {
  if (schema.type === "array") {
    return Array.isArray(value) && value.every((item) => fits(schema.items, item, memo));
  }
  if (!isMap(value)) return false;
  if (schema.type === "map") return Object.values(value).every((member) => fits(schema.values, member, memo));
  if (schema.type !== "record") return false;
  const names = new Set(schema.fields.map(({ name }) => name));
  return (
    Object.keys(value).every((key) => names.has(key)) &&
    schema.fields.every((field) =>
      Object.hasOwn(value, field.name)
        ? fits(field.schema, value[field.name], memo)
        : field.fallback !== undefined,
    )
  );
}
