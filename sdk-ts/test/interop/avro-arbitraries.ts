import fc from "fast-check";
import type { Evsc } from "../../src/codec/avro/index.js";
import type { EventyRecord, Value } from "../../src/record/index.js";
import { double, integer, mapOf, recordType, recordWith, scalar, text } from "./arbitraries.js";

/** An Avro type and values of it. */
interface Typed {
  readonly type: unknown;
  readonly value: fc.Arbitrary<Value>;
}

/** A record and the schema that it is written with. */
export interface Schooled {
  readonly evsc: Evsc;
  readonly record: EventyRecord;
}

const bytes: fc.Arbitrary<Value> = fc.uint8Array({ maxLength: 8 }).map((array) => Uint8Array.from(array));

/** Types without a name of their own, and at the end those that have one, which must not stand twice. */
function scalars(name: string): readonly Typed[] {
  return [
    { type: "null", value: fc.constant(null) },
    { type: "boolean", value: fc.boolean() },
    { type: "int", value: fc.integer() },
    { type: "long", value: integer },
    { type: "float", value: fc.float({ noNaN: true, noDefaultInfinity: true }) },
    { type: "double", value: double },
    { type: "string", value: text },
    { type: "bytes", value: bytes },
    { type: ["null", "string"], value: fc.option(text) },
    { type: ["long", "null"], value: fc.option(integer) },
    { type: ["null", "boolean", "int", "long", "float", "double", "string"], value: scalar },
    {
      type: { type: "enum", name: `${name}_enum`, symbols: ["A", "b_1"] },
      value: fc.constantFrom("A", "b_1"),
    },
    {
      type: { type: "fixed", name: `${name}_fixed`, size: 2 },
      value: bytes.map(() => Uint8Array.of(0, 255)),
    },
  ];
}

function typed(name: string, depth: number): fc.Arbitrary<Typed> {
  const scalarTypes = fc.constantFrom(...scalars(name));
  if (depth === 0) return scalarTypes;
  const inner = typed(`${name}_`, depth - 1);
  return fc.oneof(
    scalarTypes,
    inner.map(({ type, value }) => ({
      type: { type: "array", items: type },
      value: fc.array(value, { maxLength: 3 }),
    })),
    inner.map(({ type, value }) => ({ type: { type: "map", values: type }, value: mapOf(value) })),
    inner.map(({ type, value }) => ({
      type: { type: "record", name: `${name}_record`, fields: [{ name: "only", type }] },
      value: fc.record({ only: value }),
    })),
  );
}

const dataTypes = fc
  .integer({ min: 0, max: 4 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => typed(`field${index}`, 2))));

/** Records with their schemas, each schema with types of all kinds. */
export const schooled: fc.Arbitrary<Schooled> = fc
  .tuple(recordType, dataTypes, fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,8}$/))
  .chain(([type, types, name]) => {
    const fields = types.map((one, index) => ({ name: `field${index}`, ...one }));
    const namespace = "urn:pay-ments:a_b";
    const evsc: Evsc = {
      protocol_version: "3.0.0",
      namespace,
      name,
      type,
      data_fields: fields.map((field) => ({ name: field.name, type: field.type })),
    };
    const whole = fc.record(Object.fromEntries(fields.map((field) => [field.name, field.value])));
    const data = type === "RESPONSE" ? fc.oneof(whole, fc.constant({})) : whole;
    const own = { namespace: fc.constant(namespace), name: fc.constant(name) };
    return recordWith(type, own, mapOf(mapOf(scalar)), data).map((record) => ({ evsc, record }));
  });
