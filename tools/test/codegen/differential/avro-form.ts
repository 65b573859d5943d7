import avsc from "avsc";
import { RECORD_TYPES } from "../../../../sdk-ts/src/gen/constants.js";
import { RECORD_FIELDS, type RecordField } from "../../../../sdk-ts/src/gen/record-fields.js";
import { readSchema } from "../schemas.js";
import { iso8601 } from "./json-form.js";
import { isMap, mapValues, type WildRecord } from "./wild-record.js";

const DATA_FIELDS = [
  { name: "integer", type: "long" },
  { name: "number", type: "double" },
  { name: "text", type: "string" },
  { name: "maybe", type: ["null", "string"] },
  { name: "flags", type: { type: "array", items: "boolean" } },
  { name: "counts", type: { type: "map", values: "long" } },
];

const LONG = avsc.types.LongType.__with({
  fromBuffer: (buffer: Buffer) => buffer.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const buffer = Buffer.alloc(8);
    buffer.writeBigInt64LE(value);
    return buffer;
  },
  fromJSON: BigInt,
  toJSON: Number,
  isValid: (value: unknown) => typeof value === "bigint" && BigInt.asIntN(64, value) === value,
  compare: (a: bigint, b: bigint) => Number(a > b) - Number(a < b),
});

/** Parses an Avro schema of ours: 64-bit integers are bigints, a map of nothing is a map of nulls. */
export function parseAvro(schema: avsc.Schema): avsc.Type {
  return avsc.Type.forSchema(schema, {
    registry: { long: LONG },
    wrapUnions: true,
    typeHook: (part, options) =>
      Array.isArray(part) && part.length === 0 ? avsc.Type.forSchema("null", options) : undefined,
  });
}

const TYPES: ReadonlyMap<unknown, avsc.Type> = new Map(
  RECORD_TYPES.map((type) => {
    const text = JSON.stringify(readSchema(`avro/${type.toLowerCase()}.avsc`));
    const withData = text.replace(
      '"Example_data","fields":[]',
      `"Example_data","fields":${JSON.stringify(DATA_FIELDS)}`,
    );
    return [type, parseAvro(JSON.parse(withData))];
  }),
);

/** What the Avro form means to a reader, or null if its schema refuses it. */
export function throughAvro(record: WildRecord): WildRecord | null {
  const type = TYPES.get(record["type"]);
  const datum = datumOf(record);
  if (type === undefined || !type.isValid(datum, { noUndeclaredFields: true })) return null;
  const decoded = type.fromBuffer(type.toBuffer(datum)) as WildRecord;
  const fields = RECORD_FIELDS.filter((field) => field.avro in decoded);
  return Object.fromEntries(fields.map((field) => [field.name, readValue(field, decoded[field.avro])]));
}

function datumOf(record: WildRecord): WildRecord {
  const members = RECORD_FIELDS.flatMap((field) => {
    const value = record[field.name];
    const own = [field.avro, writeValue(field, value, record["type"])] as const;
    return field.iso8601 === null ? [own] : [own, [field.iso8601, iso8601(value)] as const];
  });
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}

function writeValue(field: RecordField, value: unknown, type: unknown): unknown {
  if (value === undefined) return undefined;
  switch (field.kind) {
    case "instant":
      return writeLong(value);
    case "context":
      return mapValues(value, (part) => mapValues(part, writeScalar));
    case "data":
      return writeData(value, type);
    default:
      return field.nullable ? wrap(field.kind === "int32" ? "int" : "string", value) : value;
  }
}

function writeData(value: unknown, type: unknown): unknown {
  if (!isMap(value)) return value;
  const { integer, maybe, counts, ...others } = value;
  const data = {
    ...others,
    integer: writeLong(integer),
    maybe: wrap("string", maybe),
    counts: mapValues(counts, writeLong),
  };
  return type === "RESPONSE" ? { "example.Example_data": data } : data;
}

function writeScalar(value: unknown): unknown {
  if (typeof value === "number" && !Number.isSafeInteger(value)) return { double: value };
  if (typeof value === "number" || typeof value === "bigint") return { long: BigInt(value) };
  return wrap(typeof value, value);
}

function writeLong(value: unknown): unknown {
  return Number.isInteger(value) ? BigInt(Number(value)) : value;
}

/** A branch of a union, as avsc spells it. */
function wrap(branch: string, value: unknown): unknown {
  return value === null ? null : { [branch]: value };
}

function readValue(field: RecordField, value: unknown): unknown {
  switch (field.kind) {
    case "instant":
      return readLong(value);
    case "context":
      return mapValues(value, (part) => mapValues(part, (member) => readLong(unwrap(member))));
    case "data":
      return readData(value as WildRecord);
    default:
      return field.nullable ? unwrap(value) : value;
  }
}

function readData(value: WildRecord): unknown {
  const { integer, maybe, counts, ...others } = (value["example.Example_data"] ?? value) as WildRecord;
  return { ...others, integer: readLong(integer), maybe: unwrap(maybe), counts: mapValues(counts, readLong) };
}

function readLong(value: unknown): unknown {
  return typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function unwrap(value: unknown): unknown {
  return isMap(value) ? Object.values(value)[0] : value;
}
