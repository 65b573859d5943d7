import type { ArraySchema, MapSchema, RecordSchema, Schema } from "../schema/schema.js";

const INT_MAX = 2 ** 31;
const LONG_MAX = 2n ** 63n;

/** How well a schema carries a value: not at all, with nulls added to records that lack them, or exactly. */
export const FIT = { none: 0, padded: 1, exact: 2 } as const;

/** A level of {@link FIT}, the higher the better. */
export type Fit = number;

/** What is known already of how objects fit schemas. */
export type FitMemo = Map<object, Map<Schema, Fit>>;

type ContainerSchema = ArraySchema | MapSchema | RecordSchema;

/** Whether a value is one that an `int` carries exactly. */
export function fitsInt(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= -INT_MAX && value < INT_MAX;
}

/** Whether a value is one that a `long` carries exactly. A number from 2^53 on is a double, perhaps a rounded one. */
export function fitsLong(value: unknown): value is number | bigint {
  return Number.isSafeInteger(value) || (typeof value === "bigint" && value >= -LONG_MAX && value < LONG_MAX);
}

/** Whether a value is one that a `double` carries exactly. An integer from 2^53 on would be read as a double. */
export function fitsDouble(value: unknown): value is number {
  return Number.isFinite(value);
}

/** Whether a value is one that a `float` carries exactly. */
export function fitsFloat(value: unknown): value is number {
  return fitsDouble(value) && Math.fround(value) === value;
}

/** The members of a map, which is no list and no bytes. */
export function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
  );
}

/** Whether null is a value of the schema. */
export function nullFits(schema: Schema): boolean {
  return schema.type === "null" || (schema.type === "union" && schema.branches.some(nullFits));
}

/**
 * How well the schema carries the value, in depth.
 *
 * The memo keeps this linear: a value that fits several branches at each of its
 * levels would otherwise be looked at again and again.
 */
export function fit(schema: Schema, value: unknown, memo: FitMemo): Fit {
  switch (schema.type) {
    case "null":
      return exactIf(value === null);
    case "boolean":
      return exactIf(typeof value === "boolean");
    case "int":
      return exactIf(fitsInt(value));
    case "long":
      return exactIf(fitsLong(value));
    case "float":
      return exactIf(fitsFloat(value));
    case "double":
      return exactIf(fitsDouble(value));
    case "string":
      return exactIf(typeof value === "string");
    case "bytes":
      return exactIf(value instanceof Uint8Array);
    case "fixed":
      return exactIf(value instanceof Uint8Array && value.length === schema.size);
    case "enum":
      return exactIf(typeof value === "string" && schema.symbols.includes(value));
    case "union":
      return Math.max(FIT.none, ...schema.branches.map((branch) => fit(branch, value, memo)));
    default:
      return typeof value === "object" && value !== null ? fitContainer(schema, value, memo) : FIT.none;
  }
}

function exactIf(fits: boolean): Fit {
  return fits ? FIT.exact : FIT.none;
}

function fitContainer(schema: ContainerSchema, value: object, memo: FitMemo): Fit {
  const known = memo.get(value) ?? new Map<Schema, Fit>();
  memo.set(value, known);
  const before = known.get(schema);
  if (before !== undefined) return before;
  const answer = fitMembers(schema, value, memo);
  known.set(schema, answer);
  return answer;
}

function fitMembers(schema: ContainerSchema, value: object, memo: FitMemo): Fit {
  if (schema.type === "array") return Array.isArray(value) ? fitAll(schema.items, value, memo) : FIT.none;
  if (!isMap(value)) return FIT.none;
  return schema.type === "map"
    ? fitAll(schema.values, Object.values(value), memo)
    : fitFields(schema, value, memo);
}

function fitAll(schema: Schema, members: readonly unknown[], memo: FitMemo): Fit {
  let worst: Fit = FIT.exact;
  for (const member of members) {
    worst = Math.min(worst, fit(schema, member, memo));
    if (worst === FIT.none) break;
  }
  return worst;
}

function fitFields(schema: RecordSchema, value: { readonly [key: string]: unknown }, memo: FitMemo): Fit {
  let worst: Fit = FIT.exact;
  let present = 0;
  for (const field of schema.fields) {
    if (Object.hasOwn(value, field.name)) {
      present++;
      worst = Math.min(worst, fit(field.schema, value[field.name], memo));
    } else worst = Math.min(worst, nullFits(field.schema) ? FIT.padded : FIT.none);
    if (worst === FIT.none) break;
  }
  return Object.keys(value).length > present ? FIT.none : worst;
}
