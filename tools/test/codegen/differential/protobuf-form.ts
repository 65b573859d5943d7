import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { FieldError, type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { RECORD_TYPES } from "../../../../sdk-ts/src/gen/constants.js";
import { RecordType } from "../../../../sdk-ts/src/gen/proto/eventy/v3/options_pb.js";
import { type Record, RecordSchema } from "../../../../sdk-ts/src/gen/proto/eventy/v3/record_pb.js";
import {
  ContextEntrySchema,
  type Map as MapMessage,
  MapSchema,
  Null,
  type Value,
  ValueSchema,
} from "../../../../sdk-ts/src/gen/proto/eventy/v3/value_pb.js";
import { RECORD_FIELDS, type RecordField } from "../../../../sdk-ts/src/gen/record-fields.js";
import { isMap, type WildRecord } from "./wild-record.js";

/** What the Protobuf form means to a reader, or null if its types or the rule of required fields refuse it. */
export function throughProtobuf(record: WildRecord): WildRecord | null {
  if (!RECORD_FIELDS.every((field) => isRight(field, record))) return null;
  // By reflection, which checks the types of values: create() takes whatever it is given.
  const message = reflect(RecordSchema);
  try {
    for (const field of RECORD_FIELDS) write(message, field, record[field.name]);
  } catch (error) {
    if (error instanceof FieldError) return null;
    throw error;
  }
  const decoded = fromBinary(RecordSchema, toBinary(RecordSchema, message.message as Record));
  if (decoded.type === RecordType.UNSPECIFIED) return null; // Such a record has no type, says its comment.
  const applicable = RECORD_FIELDS.filter((field) => field.only === null || field.only === record["type"]);
  return Object.fromEntries(applicable.map((field) => [field.name, read(decoded, field)]));
}

/** The rule that proto3 cannot say: a field is there if, and only if, records of the type have it. */
function isRight(field: RecordField, record: WildRecord): boolean {
  const value = record[field.name];
  if (field.only !== null && field.only !== record["type"]) return value === undefined;
  return field.nullable ? value !== undefined : value !== undefined && value !== null;
}

function descriptorOf(field: RecordField) {
  const descriptor = RecordSchema.fields.find(({ localName }) => localName === field.name);
  if (descriptor === undefined) throw new Error(`the message has no field ${field.name}`);
  return descriptor;
}

function write(message: ReflectMessage, field: RecordField, value: unknown): void {
  const descriptor = descriptorOf(field);
  if (value === undefined || value === null) return;
  if (field.kind === "type") message.set(descriptor, typeOf(value));
  else if (field.kind === "data")
    message.set(descriptor, isMap(value) ? reflect(MapSchema, mapOf(value)) : value);
  else if (field.kind === "context") message.set(descriptor, contextOf(value, message, field));
  else message.set(descriptor, value);
}

function typeOf(value: unknown): RecordType {
  const name = RECORD_TYPES.find((type) => type === value);
  return name === undefined ? RecordType.UNSPECIFIED : RecordType[name];
}

/** The list of entries, or the value itself where it is no context. */
function contextOf(context: unknown, message: ReflectMessage, field: RecordField): unknown {
  const list = message.get(descriptorOf(field));
  if (!isMap(context) || !("add" in Object(list))) return context;
  for (const [namespace, part] of Object.entries(context)) {
    if (!isMap(part)) return context;
    const entry = create(ContextEntrySchema, { namespace, values: mapOf(part) });
    (list as { add(item: unknown): void }).add(reflect(ContextEntrySchema, entry));
  }
  return list;
}

function mapOf(map: WildRecord): MapMessage {
  const entries = Object.entries(map).map(([key, value]) => ({ key, value: messageOfValue(value) }));
  return create(MapSchema, { entries });
}

function messageOfValue(value: unknown): Value {
  return create(ValueSchema, { kind: kindOf(value) });
}

function kindOf(value: unknown): Value["kind"] {
  if (value === null) return { case: "null", value: Null.UNSPECIFIED };
  if (typeof value === "boolean") return { case: "boolean", value };
  if (typeof value === "string") return { case: "string", value };
  if (typeof value === "bigint" || Number.isSafeInteger(value))
    return { case: "integer", value: BigInt(value as number) };
  if (typeof value === "number") return { case: "double", value };
  if (Array.isArray(value))
    return { case: "list", value: { $typeName: "eventy.v3.List", values: value.map(messageOfValue) } };
  if (isMap(value)) return { case: "map", value: mapOf(value) };
  throw new Error(`${String(value)} is no value`);
}

function read(message: Record, field: RecordField): unknown {
  switch (field.kind) {
    case "type":
      return RecordType[message.type];
    case "instant":
      return Number(message.date);
    case "context":
      return Object.fromEntries(message.context.map((entry) => [entry.namespace, readMap(entry.values)]));
    case "data":
      return message.payload.case === "data" ? readMap(message.payload.value) : undefined;
    default:
      return (message as unknown as WildRecord)[field.name] ?? null;
  }
}

function readMap(map: MapMessage | undefined): unknown {
  return Object.fromEntries((map?.entries ?? []).map((entry) => [entry.key, readValue(entry.value)]));
}

function readValue(value: Value | undefined): unknown {
  switch (value?.kind.case) {
    case "null":
      return null;
    case "integer":
      return Number.isSafeInteger(Number(value.kind.value)) ? Number(value.kind.value) : value.kind.value;
    case "list":
      return value.kind.value.values.map(readValue);
    case "map":
      return readMap(value.kind.value);
    default:
      return value?.kind.value;
  }
}
