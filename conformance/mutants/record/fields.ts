import { isLosslessNumber, LosslessNumber } from "lossless-json";
import { RecordType } from "../../src/gen/proto/eventy/v3/options_pb.js";
import type { Mutant } from "../../src/mutation/mutant.js";
import { mapOf, mapValue, nullValue, stringValue } from "../../src/oracle/values.js";
import { editDatum, schemaIn } from "../kit/avro.js";
import { breaking } from "../kit/breaking.js";
import { editJson, fieldsOf, type JsonObject } from "../kit/json.js";
import { editMessage, parseMessage } from "../kit/protobuf.js";
import { forgives, refuses } from "../kit/reading.js";
import { forgivesWriting, rewrites } from "../kit/writing.js";

const RESPONSE_FIELDS = ["destination", "request_uuid", "ok", "error_code", "error_message"];
const KNOWN = [
  ...["type", "namespace", "name", "protocol_version", "version", "source", "uuid", "correlation_id"],
  ...["partition_key", "date_timestamp", "date_iso8601", ...RESPONSE_FIELDS, "context", "data"],
];
const UUID = "00000000-0000-0000-0000-000000000000";

function addMissing(defaults: JsonObject): (fields: JsonObject) => void {
  return (fields) => {
    for (const [key, value] of Object.entries(defaults)) if (!(key in fields)) fields[key] = value;
  };
}

function dropUnknown(fields: JsonObject): void {
  for (const key of Object.keys(fields)) if (!KNOWN.includes(key)) delete fields[key];
}

/** Mutants of section 2.1. */
export const fieldMutants: readonly Mutant[] = [
  ...breaking("REC-001", {
    "takes a missing field of JSON that may be null as null": forgives(
      "json",
      editJson(addMissing({ partition_key: null, error_code: null, error_message: null })),
    ),
    "takes a missing context or data of JSON as empty": forgives(
      "json",
      editJson(addMissing({ context: {}, data: {} })),
    ),
    "takes a missing name of JSON as an empty one": forgives("json", editJson(addMissing({ name: "" }))),
    "makes up a uuid that JSON lacks": forgives("json", editJson(addMissing({ uuid: UUID }))),
    "needs no date_timestamp in JSON": forgives(
      "json",
      editJson(addMissing({ date_timestamp: new LosslessNumber("0") })),
    ),
    "takes a missing partition_key of Avro as null": forgives(
      "avro",
      editDatum((fields, schema) => {
        if (fields.has("partition_key")) return;
        fields.set("partition_key", nullValue());
        schema.fields.push({ name: "partition_key", type: ["string", "null"] });
      }),
    ),
  }),
  ...breaking("REC-002", {
    "takes a null context or data of JSON as empty": forgives(
      "json",
      editJson((fields) => {
        fields["context"] ??= {};
        fields["data"] ??= {};
      }),
    ),
    "takes a null text of JSON as an empty one": forgives(
      "json",
      editJson((fields) => {
        fields["name"] ??= "";
        fields["correlation_id"] ??= "";
      }),
    ),
    "takes null data of Avro as empty": forgives(
      "avro",
      editDatum((fields, { fields: types }) => {
        const type = types.find(({ name }) => name === "data");
        if (type === undefined || fields.get("data")?.kind.case !== "null") return;
        type.type = { type: "map", values: "null" };
        fields.set("data", mapValue(mapOf([])));
      }),
    ),
  }),
  ...breaking("REC-003", {
    "converts numbers of JSON to texts": forgives(
      "json",
      editJson((fields) => {
        for (const [key, value] of Object.entries(fields))
          if (isLosslessNumber(value) && !["date_timestamp", "error_code"].includes(key))
            fields[key] = value.toString();
      }),
    ),
    "takes what is not false for true in ok": forgives(
      "json",
      editJson((fields) => {
        fields["ok"] = Boolean(fields["ok"]);
      }),
    ),
    "takes lists of JSON for maps": forgives(
      "json",
      editJson((fields) => {
        for (const key of ["context", "data"])
          if (Array.isArray(fields[key])) fields[key] = { ...(fields[key] as unknown[]) };
      }),
    ),
    "converts numbers of Avro to texts": forgives(
      "avro",
      editDatum((fields, { fields: types }) => {
        for (const { kind } of ["version", "correlation_id", "partition_key"].map(
          (name) => fields.get(name) ?? nullValue(),
        ))
          if (kind.case === "integer")
            Object.assign(kind, stringValue(kind.value === 1n ? "1.0.0" : "text").kind);
        for (const type of types)
          if (["version", "correlation_id", "partition_key"].includes(type.name))
            type.type = ["null", "string"];
      }),
    ),
  }),
  ...breaking("REC-004", {
    "takes types in letters of either case": forgives(
      "json",
      editJson((fields) => {
        fields["type"] = String(fields["type"]).trim().toUpperCase();
      }),
    ),
    "takes an unknown type of JSON as EVENT": forgives(
      "json",
      editJson((fields) => {
        fields["type"] = "EVENT";
      }),
    ),
    "takes an unset type of Protobuf as EVENT": forgives(
      "protobuf",
      editMessage((record) => {
        if (record.type === RecordType.UNSPECIFIED) record.type = RecordType.EVENT;
      }),
    ),
    "refuses requests": refuses("every", ({ type }) => type === RecordType.REQUEST),
  }),
  ...breaking("REC-005", {
    "ignores fields of responses in other records of JSON": forgives(
      "json",
      editJson((fields) => {
        for (const key of RESPONSE_FIELDS) if (fields["type"] !== "RESPONSE") delete fields[key];
      }),
    ),
    "ignores fields of responses in other records of Protobuf": forgives(
      "protobuf",
      editMessage((record) => {
        if (record.type === RecordType.RESPONSE) return;
        Object.assign(record, { destination: "", requestUuid: "", ok: false });
        delete record.errorCode;
        delete record.errorMessage;
      }),
    ),
    "ignores fields of responses in other records of Avro": forgives(
      "avro",
      editDatum((fields, schema) => {
        for (const name of RESPONSE_FIELDS) fields.delete(name);
        schema.fields = schema.fields.filter(({ name }) => !RESPONSE_FIELDS.includes(name));
      }),
    ),
  }),
  ...breaking("REC-065", {
    "writes a destination with a full stop in JSON": forgivesWriting("json", (record) => {
      record.destination = record.destination.replaceAll(".", "");
    }),
    "writes a source that is no URN in Protobuf": forgivesWriting("protobuf", (record) => {
      record.source = `urn:${record.source}`;
    }),
    "writes a uuid that is none": forgivesWriting("every", (record) => {
      record.uuid = UUID;
    }),
    "writes a version that is none": forgivesWriting("every", (record) => {
      record.version = "1.0.0";
    }),
  }),
  ...breaking("REC-006", {
    "refuses unknown fields of JSON": refuses("json", (_, bytes) =>
      Object.keys(fieldsOf(bytes)).some((key) => !KNOWN.includes(key)),
    ),
    "refuses unknown fields of Protobuf": refuses("protobuf", (_, bytes) =>
      Boolean(parseMessage(bytes).$unknown?.length),
    ),
    "refuses unknown fields of Avro": refuses("avro", (_, bytes) =>
      schemaIn(bytes).fields.some(({ name }) => !KNOWN.includes(name.replace(/^record_/, ""))),
    ),
  }),
  ...breaking("REC-007", {
    "writes a field of its own in JSON": rewrites(
      "json",
      editJson((fields) => {
        fields["written_by"] = "mutant";
      }),
    ),
    "writes a field of its own in Avro": rewrites(
      "avro",
      editDatum((fields, schema) => {
        fields.set("written_by", stringValue("mutant"));
        schema.fields.push({ name: "written_by", type: "string" });
      }),
    ),
  }),
  ...breaking("REC-008", {
    "does not look into unknown fields of JSON": forgives("json", editJson(dropUnknown)),
  }),
];
