import fc from "fast-check";
import { RECORD_TYPES, type RecordType } from "../../../../sdk-ts/src/gen/constants.js";
import { RECORD_FIELDS, type RecordField } from "../../../../sdk-ts/src/gen/record-fields.js";

/** What may or may not be a record: values of any kind under the names of a record's properties. */
export type WildRecord = { readonly [name: string]: unknown };

/** Values that are wrong in most fields and right in some. Absent: undefined. */
const WILD_VALUES: readonly unknown[] = [
  undefined,
  null,
  true,
  false,
  0,
  -1,
  0.5,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31),
  -(2 ** 31) - 1,
  253402300799999,
  -62135596800000,
  "",
  "text",
  "\u0000é😀",
  [],
  [{}],
  {},
  { "urn:a": {} },
  { "urn:a": null },
  { "urn:a": "text" },
  { "urn:a": [] },
];

/** Valid records of one type, in the reach of the hard values. */
export function validRecord(type: RecordType): fc.Arbitrary<WildRecord> {
  const fields = RECORD_FIELDS.filter((field) => field.only === null || field.only === type);
  const arbitraries = fields.map((field) => [field.name, validValue(field, type)] as const);
  return fc.record(Object.fromEntries(arbitraries));
}

/** Records that have up to three fields of any kind. */
export function wildRecord(): fc.Arbitrary<WildRecord> {
  const changes = fc.array(fc.constantFrom(...RECORD_FIELDS).chain(wildField), { maxLength: 3 });
  const valid = fc.constantFrom(...RECORD_TYPES).chain(validRecord);
  return fc.tuple(valid, changes).map(([record, changed]) => ({ ...record, ...Object.fromEntries(changed) }));
}

/** Wild values of one field, as far as all three encodings can tell whether they are right. */
export function wildValues(field: RecordField): readonly unknown[] {
  return WILD_VALUES.filter((value) => {
    if (typeof value === "string" && field.syntax !== null) return field.syntax.pattern.test(value);
    if (value === undefined) return !field.nullable;
    return !(field.kind === "data" && isMap(value));
  });
}

function wildField(field: RecordField): fc.Arbitrary<readonly [string, unknown]> {
  return fc.constantFrom(...wildValues(field)).map((value) => [field.name, value] as const);
}

function validValue(field: RecordField, type: RecordType): fc.Arbitrary<unknown> {
  const value = nonNull(field, type);
  return field.nullable ? fc.option(value) : value;
}

function nonNull(field: RecordField, type: RecordType): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case "type":
      return fc.constant(type);
    case "uuid":
      return fc.uuid();
    case "boolean":
      return fc.boolean();
    case "int32":
      return fc.integer();
    case "instant":
      return fc.integer({ min: -62135596800000, max: 253402300799999 });
    case "context":
      return fc.dictionary(text(), fc.dictionary(text(), scalar(), { maxKeys: 3 }), { maxKeys: 3 });
    case "data":
      return data();
    case "string":
      return field.name.endsWith("ersion") ? fc.constantFrom("3.0.0", "3.5.1-rc.1+b") : patterned(field);
  }
}

function patterned(field: RecordField): fc.Arbitrary<string> {
  return field.syntax === null ? text() : fc.constantFrom("urn:a", "urn:", "urn:a_b:c-1", "urn:É😀");
}

/** Data of the schema that `avro-form.ts` puts into the Avro schemas. */
function data(): fc.Arbitrary<unknown> {
  return fc.record({
    integer: integer(),
    number: number(),
    text: text(),
    maybe: fc.option(text()),
    flags: fc.array(fc.boolean(), { maxLength: 3 }),
    counts: fc.dictionary(text(), integer(), { maxKeys: 3 }),
  });
}

function scalar(): fc.Arbitrary<unknown> {
  return fc.oneof(fc.constant(null), fc.boolean(), text(), integer(), number());
}

/** 64-bit integers, as bigints beyond ±(2^53−1). */
function integer(): fc.Arbitrary<number | bigint> {
  const wide = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
  return fc.oneof(fc.maxSafeInteger(), wide).map((value) => {
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  });
}

function number(): fc.Arbitrary<number> {
  return fc.double({ noNaN: true, min: -(2 ** 53) + 1, max: 2 ** 53 - 1 }).map((value) => value + 0);
}

function text(): fc.Arbitrary<string> {
  // The key `__proto__` is what no two libraries agree about; the codecs' own tests have it.
  return fc.string({ unit: "binary", maxLength: 8 }).filter((value) => value !== "__proto__");
}

/** Whether a value is a map. */
export function isMap(value: unknown): value is WildRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Changes the values of a map, and leaves alone what is none. */
export function mapValues(map: unknown, change: (value: unknown) => unknown): unknown {
  if (!isMap(map)) return map;
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}
