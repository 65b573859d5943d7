import type { DecodeLine } from "../../../src/cases/golden/line.js";
import { jsonFields } from "../../../src/oracle/json/encode.js";
import { recordOf } from "../base.js";
import { EVENT, jsonText, RESPONSE, refuse, response } from "./texts.js";

const FIELDS = [
  "type",
  "namespace",
  "name",
  "protocol_version",
  "version",
  "source",
  "uuid",
  "correlation_id",
  "partition_key",
  "date_timestamp",
  "date_iso8601",
  "destination",
  "request_uuid",
  "ok",
  "error_code",
  "error_message",
  "context",
  "data",
];
const NULLABLE = ["partition_key", "error_code", "error_message"];

const WRONG_KINDS: readonly [field: string, ...json: string[]][] = [
  ["type", "1", "[]"],
  ["namespace", "5", '["urn:a"]'],
  ["name", "5", "{}"],
  ["protocol_version", "3"],
  ["version", "1.0"],
  ["source", "true"],
  ["uuid", "5"],
  ["correlation_id", "5"],
  ["partition_key", "5", "false", "[]"],
  ["date_timestamp", '"0"', "true", "1.5"],
  ["date_iso8601", "0"],
  ["destination", "5"],
  ["request_uuid", "5"],
  ["ok", '"yes"', "1", "0"],
  ["error_code", '"1"', "1.5", "2147483648", "-2147483649", "true"],
  ["error_message", "5"],
  ["context", "[]", '"x"', '{"urn:a": 1}', '{"urn:a": null}', '{"urn:a": []}'],
  ["data", "[]", '"x"', "5"],
];

/** Fields that are missing, null, of another kind, or of another type of record. */
export function fields(): DecodeLine[] {
  return [
    ...FIELDS.map((field) =>
      refuse(
        `missing-${field}`,
        `refuses a record without ${field}`,
        ["REC-001"],
        response({ [field]: undefined }),
        "INVALID_RECORD",
      ),
    ),
    ...FIELDS.filter((field) => !NULLABLE.includes(field)).map((field) =>
      refuse(
        `null-${field}`,
        `refuses a null ${field}`,
        ["REC-002"],
        response({ [field]: "null" }),
        "INVALID_RECORD",
      ),
    ),
    ...WRONG_KINDS.flatMap(([field, ...values]) =>
      values.map((json, i) =>
        refuse(
          `wrong-${field}-${i}`,
          `refuses ${json} as ${field}`,
          wrongKind(field, json),
          response({ [field]: json }),
          "INVALID_RECORD",
        ),
      ),
    ),
    ...["event", "EVENT ", "COMMAND", "", "RECORD_TYPE_EVENT"].map((type, i) =>
      refuse(
        `bad-type-${i}`,
        `refuses the type ${JSON.stringify(type)}`,
        ["REC-004"],
        jsonText(EVENT, { type: JSON.stringify(type) }),
        "INVALID_RECORD",
      ),
    ),
    ...["destination", "request_uuid", "ok", "error_code", "error_message"].map((field) =>
      refuse(
        `event-${field}`,
        `refuses an event with ${field}`,
        ["REC-005"],
        jsonText(EVENT, { [field]: new Map(jsonFields(RESPONSE)).get(field) }),
        "INVALID_RECORD",
      ),
    ),
    refuse(
      "request-destination",
      "refuses a request with destination",
      ["REC-005"],
      jsonText(recordOf({ type: "REQUEST" }), { destination: '"urn:orders"' }),
      "INVALID_RECORD",
    ),
  ];
}

function wrongKind(field: string, json: string): string[] {
  if (field === "date_timestamp") return ["REC-037"];
  return field === "error_code" && /^-?[\d.]+$/.test(json) ? ["REC-041"] : ["REC-003"];
}
