import { ErrorCode } from "../src/gen/proto/eventy/v3/protocol_pb.js";
import type { Mutant } from "../src/mutation/mutant.js";
import { stringValue } from "../src/oracle/values.js";
import { editDatum, schemaIn } from "./kit/avro.js";
import { breaking } from "./kit/breaking.js";
import { editJson, fieldsOf } from "./kit/json.js";
import { misreads, refuses } from "./kit/reading.js";
import { forgivesWriting, rewrites } from "./kit/writing.js";

function isLater(version: string): boolean {
  return Number(/^3\.(\d+)/.exec(version)?.[1]) > 5;
}

/** Mutants of chapter 9. */
export const evolutionMutants: readonly Mutant[] = [
  ...breaking("VER-001", {
    "reads no context of a later minor version": misreads("every", (record) => {
      if (isLater(record.protocolVersion)) record.context = [];
    }),
    "reads no partition key of a later minor version": misreads("every", (record) => {
      if (isLater(record.protocolVersion)) delete record.partitionKey;
    }),
    "reads a later minor version as its own": misreads("every", (record) => {
      if (isLater(record.protocolVersion)) record.protocolVersion = "3.5.0";
    }),
  }),
  ...breaking("VER-002", {
    "writes a field of its own in JSON": rewrites(
      "json",
      editJson((fields) => {
        fields["written_by"] = "mutant";
      }),
    ),
    "writes dates with Z in JSON": rewrites(
      "json",
      editJson((fields) => {
        fields["date_iso8601"] = String(fields["date_iso8601"]).replace("+00:00", "Z");
      }),
    ),
    "writes dates with Z in Avro": rewrites(
      "avro",
      editDatum((fields) => {
        const { kind } = fields.get("date_iso8601") ?? {};
        if (kind?.case === "string")
          fields.set("date_iso8601", stringValue(kind.value.replace("+00:00", "Z")));
      }),
    ),
    "writes a destination with a full stop": forgivesWriting("json", (record) => {
      record.destination = record.destination.replaceAll(".", "");
    }),
  }),
  ...breaking("VER-003", {
    "writes records of protocol 4 as its own": forgivesWriting("every", (record) => {
      if (record.protocolVersion.startsWith("4.")) record.protocolVersion = "3.5.0";
    }),
    "writes records of protocol 0 as its own": forgivesWriting("every", (record) => {
      if (record.protocolVersion.startsWith("0.")) record.protocolVersion = "3.5.0";
    }),
  }),
  ...breaking("VER-004", {
    "refuses records of another major version of their schema": refuses(
      "every",
      ({ version }) => !version.startsWith("1."),
      ErrorCode.UNSUPPORTED_VERSION,
    ),
    "refuses records of a later version of their schema": refuses(
      "every",
      ({ version }) => Number(version.split(".")[0]) > 1,
      ErrorCode.UNKNOWN_SCHEMA,
    ),
  }),
  ...breaking("VER-007", {
    "refuses dates of eventy 3.4.0 in JSON": refuses("json", (_, bytes) =>
      /\.\d{6}\+00:00$/.test(String(fieldsOf(bytes)["date_iso8601"])),
    ),
    "refuses the empty union of eventy 3.4.0 in Avro": refuses(
      "avro",
      (_, bytes) => /"values": ?\[\]/.test(JSON.stringify(schemaIn(bytes))),
      ErrorCode.INVALID_SCHEMA,
    ),
    "refuses records of protocol 3.0.0 in Avro": refuses(
      "avro",
      ({ protocolVersion }) => protocolVersion === "3.0.0",
    ),
    "reads texts of eventy 3.4.0 that are no ASCII as U+FFFD": misreads("json", (record) => {
      record.correlationId = record.correlationId.replace(/[^ -~]/g, "\ufffd");
    }),
  }),
];
