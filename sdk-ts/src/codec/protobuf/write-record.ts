import { WireType } from "@bufbuild/protobuf/wire";
import { RECORD_TYPES } from "../../gen/constants.js";
import { RecordSchema } from "../../gen/proto/eventy/v3/record_pb.js";
import { RECORD_FIELDS, type RecordField } from "../../gen/record-fields.js";
import type { Context, Data, EventyRecord, LooseFields } from "../../record/index.js";
import { writtenVersion } from "../../record/version.js";
import type { PackedMessage } from "./read-record.js";
import { TAGS } from "./wire.js";
import { WireWriter } from "./wire-writer.js";
import { writeMap } from "./write-value.js";

interface WritableField {
  readonly name: string;
  readonly kind: RecordField["kind"];
  readonly nullable: boolean;
  readonly number: number;
}

const FIELDS: readonly WritableField[] = RecordSchema.fields.flatMap(({ localName, number }) =>
  RECORD_FIELDS.filter(({ name }) => name === localName).map((field) => ({ ...field, number })),
);
const MESSAGE_TAG = (RecordSchema.field.message.number << 3) | WireType.LengthDelimited;

/** Writes a Record message, with the given message in the place of data if there is one. */
export function writeRecord(record: EventyRecord, message: PackedMessage | null): Uint8Array {
  const writer = new WireWriter();
  const values = record as unknown as LooseFields;
  for (const field of FIELDS) {
    if (field.kind === "data" && message !== null) writeAny(writer, message);
    else if (field.name === "protocolVersion")
      writeField(writer, field, writtenVersion(record.protocolVersion));
    else writeField(writer, field, values[field.name]);
  }
  return writer.finish();
}

function writeField(writer: WireWriter, field: WritableField, value: unknown): void {
  const { number, nullable } = field;
  if (value === undefined || value === null) return;
  if (!nullable && (value === "" || value === false || value === 0)) return;
  const varint = (number << 3) | WireType.Varint;
  const lengthDelimited = (number << 3) | WireType.LengthDelimited;
  switch (field.kind) {
    case "type":
      writer.varint(varint).varint(RECORD_TYPES.indexOf(value as EventyRecord["type"]) + 1);
      break;
    case "string":
    case "uuid":
      writer.varint(lengthDelimited).string(value as string);
      break;
    case "boolean":
      writer.varint(varint).varint(Number(value));
      break;
    case "int32":
      writer.varint(varint).zigzag(value as number);
      break;
    case "instant":
      writer.varint(varint).int64(value as number);
      break;
    case "context":
      writeContext(writer, lengthDelimited, value as Context);
      break;
    case "data":
      writeMap(writer, lengthDelimited, value as Data);
      break;
  }
}

function writeContext(writer: WireWriter, tag: number, context: Context): void {
  for (const [namespace, part] of Object.entries(context)) {
    writer.varint(tag).fork();
    if (namespace !== "") writer.varint(TAGS.contextEntry.namespace).string(namespace);
    writeMap(writer, TAGS.contextEntry.values, part);
    writer.join();
  }
}

function writeAny(writer: WireWriter, message: PackedMessage): void {
  writer.varint(MESSAGE_TAG).fork();
  writer.varint(TAGS.any.typeUrl).string(message.typeUrl);
  writer.varint(TAGS.any.value).bytes(message.value);
  writer.join();
}
