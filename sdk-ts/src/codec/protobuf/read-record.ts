import { WireType } from "@bufbuild/protobuf/wire";
import { RECORD_TYPES } from "../../gen/constants.js";
import { RecordSchema } from "../../gen/proto/eventy/v3/record_pb.js";
import { RECORD_FIELDS, type RecordField } from "../../gen/record-fields.js";
import { checkProtocolVersion, EventyError, type LooseFields, setMember } from "../../record/index.js";
import { readMap } from "./read-value.js";
import { TAGS, WireReader } from "./wire.js";

/** A google.protobuf.Any. */
export interface PackedMessage {
  typeUrl: string;
  value: Uint8Array;
}

/** What a Record message says, not checked yet. */
export interface WireRecord {
  /** By name of the property of a record. */
  readonly fields: LooseFields;
  /** The message in the place of data, if there is one. */
  readonly message: PackedMessage | null;
}

interface ReadableField {
  readonly name: string;
  readonly kind: RecordField["kind"] | "message";
  readonly wireType: WireType;
}

const FIELDS = new Map(RecordSchema.fields.map((field) => [field.number, readable(field.localName)]));
const HIGHEST_NUMBER = Math.max(...FIELDS.keys());
const RESPONSE_FIELDS = RECORD_FIELDS.filter(({ only }) => only === "RESPONSE");

/** What a field of a Record says when it is absent. */
const ABSENT: LooseFields = Object.fromEntries(
  RECORD_FIELDS.map((field) => [field.name, absentValue(field)]),
);

/**
 * Reads a Record message.
 *
 * @throws EventyError; other errors mean that the bytes are malformed.
 */
export function readWireRecord(bytes: Uint8Array): WireRecord {
  checkProtocolVersion(readProtocolVersion(bytes));
  const reader = new WireReader(bytes);
  const found: LooseFields = {};
  while (reader.pos < reader.len) readField(reader, found);
  reader.expectEnd(reader.len);
  if (found["type"] !== "RESPONSE") refuseResponseFields(found);
  const { message, ...fields } = found;
  return {
    fields: { ...ABSENT, context: {}, data: {}, ...fields },
    message: (message as PackedMessage | undefined) ?? null,
  };
}

/** The version, found before anything else is understood: another major may mean other things by the other fields. */
function readProtocolVersion(bytes: Uint8Array): string {
  const reader = new WireReader(bytes);
  const { number } = RecordSchema.field.protocolVersion;
  while (reader.pos < reader.len) {
    const [found, wireType] = reader.tag();
    if (found === number && wireType === WireType.LengthDelimited) return reader.string(true);
    reader.skip(wireType, found);
  }
  return "";
}

function readField(reader: WireReader, found: LooseFields): void {
  const tag = reader.wireTag();
  const field = FIELDS.get(tag >>> 3);
  if (field === undefined || field.wireType !== (tag & 7)) {
    reader.skipUnknown(tag, HIGHEST_NUMBER);
    return;
  }
  const { name } = field;
  switch (field.kind) {
    case "type":
      found[name] = readType(reader);
      break;
    case "string":
    case "uuid":
      found[name] = reader.string(true);
      break;
    case "boolean":
      found[name] = reader.bool();
      break;
    case "int32":
      found[name] = reader.sint32();
      break;
    case "instant":
      found[name] = Number(reader.int64());
      break;
    case "context":
      found[name] ??= {};
      readContextEntry(reader, found[name] as LooseFields);
      break;
    case "data":
      delete found["message"];
      found[name] = readMap(reader, 1, found[name] as LooseFields | undefined);
      break;
    case "message":
      delete found["data"];
      found[name] = readAny(reader, found[name] as PackedMessage | undefined);
      break;
  }
}

function readType(reader: WireReader): unknown {
  const number = reader.int32();
  return RECORD_TYPES[number - 1] ?? number;
}

function readContextEntry(reader: WireReader, context: LooseFields): void {
  const end = reader.messageEnd();
  let namespace = "";
  let part: LooseFields = {};
  while (reader.pos < end) {
    const tag = reader.wireTag();
    if (tag === TAGS.contextEntry.namespace) namespace = reader.string(true);
    else if (tag === TAGS.contextEntry.values) part = readMap(reader, 1, part);
    else reader.skipUnknown(tag, 2);
  }
  reader.expectEnd(end);
  setMember(context, namespace, part);
}

function readAny(reader: WireReader, earlier: PackedMessage | undefined): PackedMessage {
  const end = reader.messageEnd();
  const any = earlier ?? { typeUrl: "", value: new Uint8Array() };
  while (reader.pos < end) {
    const tag = reader.wireTag();
    if (tag === TAGS.any.typeUrl) any.typeUrl = reader.string(true);
    else if (tag === TAGS.any.value) any.value = reader.bytes();
    else reader.skipUnknown(tag, 2);
  }
  reader.expectEnd(end);
  return any;
}

function refuseResponseFields(found: LooseFields): void {
  for (const { name, json } of RESPONSE_FIELDS) {
    if (name in found)
      throw new EventyError("INVALID_RECORD", "only a RESPONSE has this field", { path: json });
  }
}

function readable(name: string): ReadableField {
  const kind = RECORD_FIELDS.find((field) => field.name === name)?.kind ?? "message";
  const varint = kind === "type" || kind === "boolean" || kind === "int32" || kind === "instant";
  return { name, kind, wireType: varint ? WireType.Varint : WireType.LengthDelimited };
}

function absentValue({ kind, nullable }: RecordField): unknown {
  if (nullable) return null;
  switch (kind) {
    case "string":
    case "uuid":
      return "";
    case "boolean":
      return false;
    case "int32":
    case "instant":
      return 0;
    default:
      return undefined;
  }
}
