import type { EncodeLine } from "../../src/cases/golden/line.js";
import type { AvroSchema } from "../../src/oracle/avro/schema.js";
import type { NeutralRecord } from "../../src/oracle/index.js";
import type { Plain, PlainMap } from "../../src/oracle/values.js";
import { type Fields, recordJson, recordOf, schemaOf } from "./base.js";
import { nested } from "./hard-records.js";

export type Encoding = EncodeLine["encoding"];

/** A line of a record to be written. */
export function line(
  encoding: Encoding,
  id: string,
  title: string,
  requirements: string[],
  record: NeutralRecord,
  rest: Partial<EncodeLine>,
): EncodeLine {
  return { id, title, encoding, record: recordJson(record), ...rest, requirements };
}

/** A record whose data has one field, `v`. */
export const v = (value: Plain, fields: { context?: { [urn: string]: PlainMap } } = {}) =>
  recordOf({ ...fields, data: { v: value } });

/** Writing refusals of every encoding. */
export function refusals(
  encoding: Encoding,
  schema: (type: AvroSchema) => Partial<EncodeLine>,
): EncodeLine[] {
  const doubles = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const deep = nested(128, (inner) => [inner]);
  const deepType = Array.from({ length: 128 }).reduce<AvroSchema>(
    (items) => ({ type: "array", items }),
    "string",
  );
  const invalid = { refuse: { code: "INVALID_RECORD", path: "data.v" } };
  return [
    ...doubles.map((double) =>
      line(encoding, `double-${double}`, `refuses to write ${double}`, ["REC-050"], v(double), {
        ...schema("double"),
        ...invalid,
      }),
    ),
    line(
      encoding,
      "context-nan",
      "refuses to write NaN in a context",
      ["REC-050"],
      v("x", { context: { "urn:orders": { rate: Number.NaN } } }),
      {
        ...schema("string"),
        refuse: { code: "INVALID_RECORD", path: 'context["urn:orders"].rate' },
      },
    ),
    line(encoding, "nesting", "refuses to write 129 levels", ["REC-059"], v(deep), {
      ...schema(deepType),
      refuse: { code: "LIMIT_EXCEEDED" },
    }),
  ];
}

/** Records that are none, and versions of the protocol that are not written as they are. */
export function envelopes(encoding: Encoding): EncodeLine[] {
  const none: [id: string, title: string, fields: Fields][] = [
    ["source", "a source that is no URN", { source: "URN:payments" }],
    ["version", "a version that is none", { version: "1.2" }],
    ["protocol-version", "a protocol version that is none", { protocolVersion: "3" }],
    ["uuid", "a uuid that is none", { uuid: "nope" }],
    ["date-early", "a date before year 1", { date: -62135596800001n }],
    ["date-late", "a date after year 9999", { date: 253402300800000n }],
    ["request-uuid", "a request_uuid that is none", { type: "RESPONSE", requestUuid: "" }],
  ];
  const schema = (record: NeutralRecord) => (encoding.startsWith("avro") ? { schema: schemaOf(record) } : {});
  const refuse = (id: string, title: string, requirements: string[], fields: Fields, code: string) =>
    line(encoding, id, `refuses to write ${title}`, requirements, recordOf(fields), {
      ...schema(recordOf(fields)),
      refuse: { code },
    });
  const written = (protocolVersion: string): EncodeLine => ({
    ...line(
      encoding,
      `protocol-${protocolVersion}`,
      `writes its own version for ${protocolVersion}`,
      ["REC-020"],
      recordOf({ protocolVersion }),
      schema(recordOf()),
    ),
    reads: recordJson(recordOf()),
  });
  return [
    ...none.map(([id, title, fields]) => refuse(`none-${id}`, title, ["REC-065"], fields, "INVALID_RECORD")),
    refuse(
      "none-destination",
      "a full stop in destination",
      ["REC-065", "VER-002"],
      { type: "RESPONSE", destination: "urn:a.b" },
      "INVALID_RECORD",
    ),
    ...["0.9.0", "4.0.0", "30.1.0-alpha"].map((protocolVersion) =>
      refuse(
        `protocol-${protocolVersion}`,
        `protocol ${protocolVersion}`,
        ["VER-003"],
        { protocolVersion },
        "UNSUPPORTED_VERSION",
      ),
    ),
    ...["1.0.0", "2.9.1"].map(written),
  ];
}
