import { create } from "@bufbuild/protobuf";
import { RecordType } from "../../gen/proto/eventy/v3/options_pb.js";
import { MapSchema } from "../../gen/proto/eventy/v3/value_pb.js";
import { formatInstant } from "../instant.js";
import { Refusal } from "../refusal.js";
import {
  booleanValue,
  integerValue,
  mapOf,
  mapValue,
  nullValue,
  stringValue,
  type Value,
} from "../values.js";
import type { NeutralRecord } from "../wire-record.js";
import { compileAvro } from "./compile.js";
import { type ContainerOptions, writeContainer } from "./container.js";
import { fingerprintOf } from "./fingerprint.js";
import { type AvroSchema, avroSchemaOf, type EventySchema } from "./schema.js";
import { accepts, toRaw } from "./values.js";

/** Encodes a record as an Avro object container file. */
export function encodeAvro(
  record: NeutralRecord,
  schema: EventySchema,
  options?: ContainerOptions,
): Uint8Array {
  const avro = avroSchemaOf(schema);
  return writeContainer(JSON.stringify(avro), [{ count: 1, items: encodeItem(record, avro) }], options);
}

/** Encodes a record in the Avro single-object encoding. */
export function encodeSingleObject(record: NeutralRecord, schema: EventySchema): Uint8Array {
  const avro = avroSchemaOf(schema);
  const marked = Buffer.concat([Buffer.from([0xc3, 0x01]), fingerprintOf(avro), encodeItem(record, avro)]);
  return new Uint8Array(marked);
}

/** The Avro binary encoding of a record, bare. */
export function encodeItem(record: NeutralRecord, schema: AvroSchema): Uint8Array {
  return encodeValue(mapValue(mapOf(avroFields(record))), schema);
}

/** The Avro binary encoding of any value, bare. */
export function encodeValue(value: Value, schema: AvroSchema): Uint8Array {
  const { node, type } = compileAvro(schema);
  if (!accepts(node, value)) throw new Refusal("the schema does not fit the record");
  return new Uint8Array(type.toBuffer(toRaw(node, value)));
}

/** The top-level fields of a record by their Avro names. */
export function avroFields(record: NeutralRecord): [string, Value][] {
  if (record.payload.case === "message") throw new Refusal("a message has no form in Avro");
  const optional = (text: string | undefined) => (text === undefined ? nullValue() : stringValue(text));
  const response: [string, Value][] =
    record.type === RecordType.RESPONSE
      ? [
          ["destination", stringValue(record.destination)],
          ["request_uuid", stringValue(record.requestUuid)],
          ["ok", booleanValue(record.ok)],
          [
            "error_code",
            record.errorCode === undefined ? nullValue() : integerValue(BigInt(record.errorCode)),
          ],
          ["error_message", optional(record.errorMessage)],
        ]
      : [];
  const context = record.context.map(
    ({ namespace, values }) => [namespace, mapValue(values ?? mapOf([]))] as const,
  );
  return [
    ["record_namespace", stringValue(record.namespace)],
    ["record_name", stringValue(record.name)],
    ["type", stringValue(RecordType[record.type])],
    ["protocol_version", stringValue(record.protocolVersion)],
    ["version", stringValue(record.version)],
    ["source", stringValue(record.source)],
    ["uuid", stringValue(record.uuid)],
    ["correlation_id", stringValue(record.correlationId)],
    ["partition_key", optional(record.partitionKey)],
    ["date_timestamp", integerValue(record.date)],
    ["date_iso8601", stringValue(formatInstant(Number(record.date)))],
    ...response,
    ["context", mapValue(mapOf(context))],
    ["data", mapValue(record.payload.value ?? create(MapSchema))],
  ];
}
