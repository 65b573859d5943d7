import type { DecodeLine } from "../../../src/cases/golden/line.js";
import type { AvroSchema } from "../../../src/oracle/avro/schema.js";
import type { Plain } from "../../../src/oracle/values.js";
import { recordOf } from "../base.js";
import { block, file, sized } from "./bytes.js";
import { changed, PLAIN, refuse } from "./files.js";

const RESPONSE = recordOf({ type: "RESPONSE" });
const RESPONSE_FIELDS = ["destination", "request_uuid", "ok", "error_code", "error_message"];
const FIELDS = [
  "type",
  "protocol_version",
  "version",
  "source",
  "uuid",
  "correlation_id",
  "partition_key",
  "date_timestamp",
  "date_iso8601",
  "context",
  "data",
];

/** Files of what is no record. */
export function badEnvelopes(): DecodeLine[] {
  const wrong: [string, AvroSchema, Plain][] = [
    ["version", "long", 1],
    ["source", "bytes", Buffer.from("urn:a")],
    ["uuid", "long", 5],
    ["correlation_id", "boolean", true],
    ["partition_key", "long", 5],
    ["date_iso8601", "long", 0],
    ["ok", "string", "yes"],
    ["error_message", "long", 5],
    ["context", { type: "map", values: "long" }, { "urn:a": 1 }],
    ["context", { type: "array", items: "long" }, []],
    ["data", "string", "x"],
    ["data", { type: "array", items: "long" }, []],
  ];
  const texts: [string, string, string, string][] = [
    ["REC-004", "type", "COMMAND", "INVALID_RECORD"],
    ["REC-010", "source", "orders", "INVALID_RECORD"],
    ["REC-010", "record_namespace", "URN:a", "INVALID_RECORD"],
    ["REC-011", "destination", "urn:a.b", "INVALID_RECORD"],
    ["REC-015", "version", "1.2", "INVALID_RECORD"],
    ["REC-015", "protocol_version", "3", "INVALID_RECORD"],
    ["REC-017", "protocol_version", "4.0.0", "UNSUPPORTED_VERSION"],
    ["REC-017", "protocol_version", "0.9.0", "UNSUPPORTED_VERSION"],
    ["REC-024", "uuid", "nope", "INVALID_RECORD"],
    ["REC-034", "date_iso8601", "yesterday", "INVALID_RECORD"],
    ["REC-034", "date_iso8601", "2024-02-29T10:34:56", "INVALID_RECORD"],
  ];
  return [
    ...[...FIELDS.filter((name) => name !== "protocol_version"), ...RESPONSE_FIELDS].map((name) =>
      refuse(
        `missing-${name}`,
        `refuses a record without ${name}`,
        ["REC-001"],
        changed(RESPONSE, { [name]: null }),
        "INVALID_RECORD",
      ),
    ),
    ...wrong.map(([name, type, value], i) =>
      refuse(
        `wrong-${i}-${name}`,
        `refuses another kind of ${name}`,
        ["REC-003"],
        changed(RESPONSE, { [name]: [type, value] }),
        "INVALID_RECORD",
      ),
    ),
    ...texts.map(([requirement, name, text, code], i) =>
      refuse(
        `bad-${i}-${name}`,
        `refuses ${JSON.stringify(text)} as ${name}`,
        [requirement],
        changed(RESPONSE, { [name]: ["string", text] }),
        code,
      ),
    ),
    ...["namespace", "uuid", "context", "data"].map((name) =>
      refuse(
        `null-${name}`,
        `refuses a null ${name}`,
        ["REC-002"],
        changed(RESPONSE, { [name === "namespace" ? "record_namespace" : name]: ["null", null] }),
        "INVALID_RECORD",
      ),
    ),
    ...RESPONSE_FIELDS.map((name) =>
      refuse(
        `event-${name}`,
        `refuses an event with ${name}`,
        ["REC-005"],
        changed(PLAIN, { [name]: [["null", "string"], name === "destination" ? "urn:a" : null] }),
        "INVALID_RECORD",
      ),
    ),
    refuse(
      "protocol-4-fields",
      "another major is unsupported whatever its fields are",
      ["REC-018"],
      file({
        schema: { type: "record", name: "Later", fields: [{ name: "protocol_version", type: "string" }] },
        blocks: [block(sized("4.0.0"))],
      }),
      "UNSUPPORTED_VERSION",
    ),
  ];
}
