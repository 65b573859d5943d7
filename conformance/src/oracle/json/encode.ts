import { RecordType } from "../../gen/proto/eventy/v3/options_pb.js";
import { formatInstant } from "../instant.js";
import { Refusal } from "../refusal.js";
import { entriesOf, type Value, type ValueMap } from "../values.js";
import type { NeutralRecord } from "../wire-record.js";

/** Encodes a record in the JSON encoding, in its canonical form. */
export function encodeJson(record: NeutralRecord): Uint8Array {
  return new TextEncoder().encode(
    `{${jsonFields(record)
      .map(([name, json]) => `"${name}":${json}`)
      .join(",")}}`,
  );
}

/** The top-level fields of a record in the order of the JSON encoding, each with its value as JSON text. */
export function jsonFields(record: NeutralRecord): [name: string, json: string][] {
  const response: [string, string][] =
    record.type === RecordType.RESPONSE
      ? [
          ["destination", quote(record.destination)],
          ["request_uuid", quote(record.requestUuid)],
          ["ok", String(record.ok)],
          ["error_code", String(record.errorCode ?? null)],
          ["error_message", record.errorMessage === undefined ? "null" : quote(record.errorMessage)],
        ]
      : [];
  return [
    ["type", quote(RecordType[record.type])],
    ["namespace", quote(record.namespace)],
    ["name", quote(record.name)],
    ["protocol_version", quote(record.protocolVersion)],
    ["version", quote(record.version)],
    ["source", quote(record.source)],
    ["uuid", quote(record.uuid)],
    ["correlation_id", quote(record.correlationId)],
    ["partition_key", record.partitionKey === undefined ? "null" : quote(record.partitionKey)],
    ["date_timestamp", String(record.date)],
    ["date_iso8601", quote(formatInstant(Number(record.date)))],
    ...response,
    ["context", object(record.context.map(({ namespace, values }) => [namespace, mapJson(values)]))],
    ["data", dataJson(record)],
  ];
}

function dataJson(record: NeutralRecord): string {
  if (record.payload.case === "message") throw new Refusal("a message has no form in JSON");
  return mapJson(record.payload.value);
}

function mapJson(map: ValueMap | undefined): string {
  return object(Array.from(entriesOf(map), ([key, value]) => [key, valueJson(value)]));
}

function object(members: Iterable<readonly [string, string]>): string {
  return `{${Array.from(new Map(members), ([key, json]) => `${quote(key)}:${json}`).join(",")}}`;
}

function valueJson({ kind }: Value): string {
  switch (kind.case) {
    case "null":
      return "null";
    case "boolean":
    case "integer":
      return String(kind.value);
    case "double":
      return doubleJson(kind.value);
    case "string":
      return quote(kind.value);
    case "list":
      return `[${kind.value.values.map(valueJson).join(",")}]`;
    case "map":
      return mapJson(kind.value);
    default:
      throw new Refusal(`no form in JSON: ${kind.case}`);
  }
}

// An integer's spelling has neither fraction nor exponent, so every double's has one of them.
function doubleJson(double: number): string {
  if (!Number.isFinite(double)) throw new Refusal(`no form in JSON: ${double}`);
  return Number.isInteger(double) ? double.toExponential() : String(double);
}

function quote(text: string): string {
  return JSON.stringify(text);
}
