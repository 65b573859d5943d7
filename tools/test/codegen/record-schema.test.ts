import { describe, expect, test } from "vitest";
import { EVENT, type Json, REQUEST, RESPONSE, without } from "./examples.js";
import { validator } from "./schemas.js";

const validate = validator("json/record.schema.json");

function errors(value: unknown): string[] {
  validate(value);
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.keyword}`);
}

describe("record.schema.json accepts", () => {
  const accepted: readonly (readonly [string, Json])[] = [
    ["an event", EVENT],
    ["a request", REQUEST],
    ["a response", RESPONSE],
    ["a failed response", { ...RESPONSE, ok: false, error_code: -2147483648, error_message: "" }],
    ["an empty partition key", { ...EVENT, partition_key: "" }],
    ["an empty name, which old records may have", { ...EVENT, name: "" }],
    ["a dotted namespace, which old records may have", { ...EVENT, namespace: "urn:a.b" }],
    ["a context key that is no URN", { ...EVENT, context: { "": {} } }],
    ["every kind of value", { ...EVENT, data: { a: [null, true, "", 0.5, -1, [[]], { b: {} }] } }],
    ["the key constructor", { ...EVENT, data: { constructor: 1 } }],
    ["another minor version", { ...EVENT, protocol_version: "3.0.12-rc.1+build" }],
    [
      "the first instant",
      { ...EVENT, date_timestamp: -62135596800000, date_iso8601: "0001-01-01T00:00:00.000+00:00" },
    ],
    [
      "the last instant",
      { ...EVENT, date_timestamp: 253402300799999, date_iso8601: "9999-12-31T23:59:59.999+00:00" },
    ],
  ];
  test.each(accepted)("%s", (_, value) => {
    expect(errors(value)).toEqual([]);
  });
});

describe("record.schema.json refuses", () => {
  const refused: readonly (readonly [string, unknown, string])[] = [
    ["no object", [], " type"],
    ["no type", without(EVENT, "type"), " required"],
    ["a type in lower case", { ...EVENT, type: "event" }, "/type enum"],
    ["an unknown field", { ...EVENT, extra: 1 }, " additionalProperties"],
    ["an event with a response's field", { ...EVENT, ok: true }, " additionalProperties"],
    ["a namespace that is no URN", { ...EVENT, namespace: "orders" }, "/namespace pattern"],
    ["URN: in upper case", { ...EVENT, source: "URN:orders" }, "/source pattern"],
    ["a dotted destination", { ...RESPONSE, destination: "urn:a.b" }, "/destination pattern"],
    ["another major version", { ...EVENT, protocol_version: "4.0.0" }, "/protocol_version pattern"],
    ["a version of two parts", { ...EVENT, version: "1.0" }, "/version pattern"],
    ["an upper-case uuid", { ...EVENT, uuid: String(EVENT["uuid"]).toUpperCase() }, "/uuid pattern"],
    ["a uuid without hyphens", { ...EVENT, uuid: "0190163d8694739baea5966c26f8ad91" }, "/uuid pattern"],
    ["a partition key that is a number", { ...EVENT, partition_key: 1 }, "/partition_key type"],
    ["a timestamp with a fraction", { ...EVENT, date_timestamp: 0.5 }, "/date_timestamp type"],
    ["a timestamp as text", { ...EVENT, date_timestamp: "0" }, "/date_timestamp type"],
    ["a timestamp before year 1", { ...EVENT, date_timestamp: -62135596800001 }, "/date_timestamp minimum"],
    ["a timestamp after year 9999", { ...EVENT, date_timestamp: 253402300800000 }, "/date_timestamp maximum"],
    ["the offset Z", { ...EVENT, date_iso8601: "2023-11-14T22:13:20.123Z" }, "/date_iso8601 pattern"],
    [
      "a date without milliseconds",
      { ...EVENT, date_iso8601: "2023-11-14T22:13:20+00:00" },
      "/date_iso8601 pattern",
    ],
    ["a context that is no map of maps", { ...EVENT, context: { "urn:a": 1 } }, "/context/urn:a type"],
    ["data that is no map", { ...EVENT, data: [] }, "/data type"],
    ["an error code beyond 32 bits", { ...RESPONSE, error_code: 2 ** 31 }, "/error_code maximum"],
    ["ok as a number", { ...RESPONSE, ok: 1 }, "/ok type"],
  ];
  test.each(refused)("%s, with that one error", (_, value, error) => {
    // `if` adds an error of its own, which says nothing.
    expect(errors(value).filter((text) => text !== " if")).toEqual([error]);
  });

  test.each(
    [EVENT, REQUEST, RESPONSE].flatMap((record) =>
      Object.keys(record).map((key) => [record["type"], key, record]),
    ),
  )("a record of type %s without %s", (_, key, record) => {
    expect(errors(without(record as Json, String(key)))).toContain(" required");
  });
});
