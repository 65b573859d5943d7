import type { EncodeLine } from "../../src/cases/golden/line.js";
import { encodeItem } from "../../src/oracle/avro/encode.js";
import { type AvroSchema, avroSchemaOf, type EventySchema } from "../../src/oracle/avro/schema.js";
import type { NeutralRecord } from "../../src/oracle/index.js";
import type { Plain, PlainMap } from "../../src/oracle/values.js";
import { base64, type Fields, recordJson, recordOf, schemaOf } from "./base.js";
import { nested } from "./hard-records.js";

type Encoding = EncodeLine["encoding"];

function line(
  encoding: Encoding,
  id: string,
  title: string,
  requirements: string[],
  record: NeutralRecord,
  rest: Partial<EncodeLine>,
): EncodeLine {
  return { id, title, encoding, record: recordJson(record), ...rest, requirements };
}

const v = (value: Plain, fields: { context?: { [urn: string]: PlainMap } } = {}) =>
  recordOf({ ...fields, data: { v: value } });

/** Writing refusals of every encoding. */
function refusals(encoding: Encoding, schema: (type: AvroSchema) => Partial<EncodeLine>): EncodeLine[] {
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
function envelopes(encoding: Encoding): EncodeLine[] {
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

/** Encode cases of JSON alone. */
export function jsonEncodeLines(): EncodeLine[] {
  const bytes = { refuse: { code: "UNENCODABLE", path: 'data.lines[1]["a b"]' } };
  return [
    ...refusals("json", () => ({})),
    ...envelopes("json"),
    line(
      "json",
      "bytes",
      "refuses to write bytes",
      ["COD-018", "REC-056"],
      recordOf({ data: { lines: [null, { "a b": new Uint8Array([1]) }] } }),
      bytes,
    ),
    line("json", "empty-bytes", "refuses to write empty bytes", ["COD-018"], v(new Uint8Array()), {
      refuse: { code: "UNENCODABLE", path: "data.v" },
    }),
  ];
}

/** Encode cases of Protobuf alone. */
export function protobufEncodeLines(): EncodeLine[] {
  const path = 'context["urn:orders"].token';
  return [
    ...refusals("protobuf", () => ({})),
    ...envelopes("protobuf"),
    line(
      "protobuf",
      "context-bytes",
      "refuses to write bytes in a context",
      ["REC-055"],
      v(1, { context: { "urn:orders": { token: new Uint8Array([1]) } } }),
      {
        refuse: { code: "INVALID_RECORD", path },
      },
    ),
  ];
}

/** Encode cases of one of the Avro encodings. */
export function avroEncodeLines(encoding: "avro" | "avro-single-object"): EncodeLine[] {
  const one = (type: AvroSchema): Partial<EncodeLine> => ({
    schema: schemaOf(recordOf(), [{ name: "v", type }]),
  });
  const written = (
    id: string,
    title: string,
    requirements: string[],
    record: NeutralRecord,
    fields: NonNullable<EventySchema["data_fields"]>,
  ) => {
    const schema = schemaOf(record, fields);
    const datum_base64 = base64(encodeItem(record, avroSchemaOf(schema)));
    return line(encoding, id, `writes ${title}`, requirements, record, { schema, datum_base64 });
  };
  const misfit = (id: string, title: string, type: AvroSchema, value: Plain, path = "data.v") =>
    line(encoding, id, `refuses to write ${title}`, ["COD-046", "REC-056"], v(value), {
      ...one(type),
      refuse: { code: "UNENCODABLE", path },
    });
  // Nothing but the schema is wrong: it fits the record.
  const plain = recordOf();
  const schemas: [string, string, EventySchema][] = [
    ["no-name", "without a name", { ...schemaOf(plain), name: undefined } as unknown as EventySchema],
    [
      "no-namespace",
      "without a namespace",
      { ...schemaOf(plain), namespace: undefined } as unknown as EventySchema,
    ],
    ["no-type", "without a type", { ...schemaOf(plain), type: undefined } as unknown as EventySchema],
    [
      "no-protocol-version",
      "without a protocol version",
      { ...schemaOf(plain), protocol_version: undefined } as unknown as EventySchema,
    ],
    ["protocol-2", "of protocol 2", { ...schemaOf(plain), protocol_version: "2.0.0" }],
    ["unknown-key", "with an unknown key", { ...schemaOf(plain), data_field: [] } as EventySchema],
    ["bad-type", "of an unknown type of record", { ...schemaOf(plain), type: "COMMAND" }],
    [
      "bad-namespace",
      "with a namespace that Avro does not allow",
      { ...schemaOf(plain), namespace: "urn:1a" },
    ],
    [
      "bad-field-type",
      "with a field of an unknown type",
      schemaOf(plain, [{ name: "v", type: ["null", "integer"] }]),
    ],
  ];
  const numbers: AvroSchema = ["float", "double", "int", "long"];
  const optional: AvroSchema = {
    type: "record",
    name: "Optional",
    fields: [
      { name: "a", type: "long" },
      { name: "b", type: ["null", "long"] },
    ],
  };
  const exact: AvroSchema = { type: "record", name: "Exact", fields: [{ name: "a", type: "long" }] };
  return [
    ...refusals(encoding, one),
    ...envelopes(encoding),
    line(
      encoding,
      "wrong-type",
      "refuses to write a request with the schema of an event",
      ["COD-030"],
      recordOf({ type: "REQUEST" }),
      { schema: schemaOf(recordOf()), refuse: { code: "UNENCODABLE" } },
    ),
    line(
      encoding,
      "other-name",
      "refuses to write with the schema of another name",
      ["COD-029"],
      recordOf(),
      { schema: schemaOf(recordOf({ name: "Other" })), refuse: { code: "UNKNOWN_SCHEMA" } },
    ),
    line(
      encoding,
      "other-namespace",
      "refuses to write with the schema of another namespace",
      ["COD-029"],
      recordOf(),
      { schema: schemaOf(recordOf({ namespace: "urn:other" })), refuse: { code: "UNKNOWN_SCHEMA" } },
    ),
    ...schemas.map(([id, title, schema]) =>
      line(encoding, `schema-${id}`, `refuses a schema ${title}`, ["COD-028"], plain, {
        schema,
        refuse: { code: "INVALID_SCHEMA" },
      }),
    ),
    misfit("int-wide", "2^31 as int", "int", 2 ** 31),
    misfit("long-fraction", "0.5 as long", "long", 0.5),
    misfit("long-wide-double", "the double 2^60 as long", "long", 2 ** 60),
    misfit("double-wide-integer", "the integer 2^53 + 1 as double", "double", 2n ** 53n + 1n),
    misfit("float-inexact", "0.1 as float", "float", 0.1),
    misfit("string-number", "a number as string", "string", 5),
    misfit("number-string", "a string as long", "long", "5"),
    misfit("boolean-number", "a number as boolean", "boolean", 1),
    misfit("bytes-string", "a string as bytes", "bytes", "x"),
    misfit("string-bytes", "bytes as string", "string", new Uint8Array([0x61])),
    misfit("enum", "a text that is no symbol", { type: "enum", name: "C", symbols: ["A", "B"] }, "C"),
    misfit(
      "fixed-size",
      "bytes of another size than a fixed has",
      { type: "fixed", name: "F", size: 2 },
      new Uint8Array(3),
    ),
    misfit("null", "null as string", "string", null),
    misfit("union", "a value of no branch", ["null", "long"], "x"),
    misfit(
      "item",
      "a misfit in a list",
      { type: "array", items: { type: "map", values: "long" } },
      [{}, { "a b": "x" }],
      'data.v[1]["a b"]',
    ),
    line(
      encoding,
      "unknown-key",
      "refuses to write a key that the schema has no field for",
      ["COD-047", "REC-056"],
      recordOf({ data: { v: 1, w: 2 } }),
      { ...one("long"), refuse: { code: "UNENCODABLE", path: "data.w" } },
    ),
    line(
      encoding,
      "missing-key",
      "refuses to write without a key that null does not fit",
      ["COD-049"],
      recordOf({ data: {} }),
      { ...one("long"), refuse: { code: "UNENCODABLE", path: "data.v" } },
    ),
    line(
      encoding,
      "context-nested",
      "refuses to write a list in a context",
      ["COD-046", "REC-056"],
      v(1, { context: { "urn:orders": { lines: [1] } } }),
      { ...one("long"), refuse: { code: "UNENCODABLE", path: 'context["urn:orders"].lines' } },
    ),
    line(
      encoding,
      "context-map",
      "refuses to write a map in a context",
      ["COD-046", "REC-056"],
      v(1, { context: { "urn:orders": { order: {} } } }),
      { ...one("long"), refuse: { code: "UNENCODABLE", path: 'context["urn:orders"].order' } },
    ),
    written("union-integer", "an integral number as int or long", ["COD-051"], v(5), [
      { name: "v", type: numbers },
    ]),
    written("union-wide-integer", "an integer of 64 bits as long", ["COD-051"], v(2n ** 62n), [
      { name: "v", type: numbers },
    ]),
    written("union-double", "another number as double", ["COD-051"], v(0.5), [{ name: "v", type: numbers }]),
    written("union-wide-double", "a double of 2^60 as double", ["COD-051"], v(2 ** 60), [
      { name: "v", type: numbers },
    ]),
    written("union-only-float", "a double as float where there is no other", ["COD-050"], v(0.5), [
      { name: "v", type: ["long", "float"] },
    ]),
    written("union-first", "the first branch that fits", ["COD-051"], v("A"), [
      { name: "v", type: ["null", { type: "enum", name: "C", symbols: ["A"] }, "string"] },
    ]),
    written("union-second-record", "a record with the branch that needs no nulls", ["COD-050"], v({ a: 1 }), [
      { name: "v", type: ["null", optional, exact] },
    ]),
    written(
      "context-number",
      "an integer of a context as long",
      ["COD-051"],
      v(1, { context: { "urn:orders": { order: 42 } } }),
      [{ name: "v", type: "long" }],
    ),
    written(
      "context-double",
      "another number of a context as double",
      ["COD-051"],
      v(1, { context: { "urn:orders": { rate: 0.5 } } }),
      [{ name: "v", type: "long" }],
    ),
    {
      ...line(
        encoding,
        "schema-nulls",
        "takes a schema whose doc and data fields are null",
        ["COD-028"],
        recordOf(),
        {},
      ),
      schema: { ...schemaOf(recordOf()), doc: null, data_fields: null } as unknown as EventySchema,
    },
    written(
      "field-names",
      "fields whose names Avro does not allow",
      ["COD-028"],
      recordOf({ data: { "a-b": 1, "1": 2 } }),
      [
        { name: "a-b", type: "long" },
        { name: "1", type: "long" },
      ],
    ),
    written(
      "urn-in-urn",
      "a namespace that holds urn twice",
      ["COD-027"],
      recordOf({ namespace: "urn:a:urn:b" }),
      [],
    ),
    written(
      "response-empty",
      "empty data of a response as the empty map",
      ["COD-051"],
      recordOf({ type: "RESPONSE" }),
      [],
    ),
    written(
      "response-data",
      "data of a response as a record",
      ["COD-051"],
      recordOf({ type: "RESPONSE", data: { v: 1 } }),
      [{ name: "v", type: "long" }],
    ),
    written("integer-as-double", "an integral number in a field of doubles", ["COD-046", "REC-045"], v(7), [
      { name: "v", type: "double" },
    ]),
    written("float-exact", "a number that a float holds exactly", ["COD-046"], v(0.25), [
      { name: "v", type: "float" },
    ]),
    {
      ...line(
        encoding,
        "null-added",
        "writes null for a field that there is no key for",
        ["COD-048"],
        recordOf({ data: { v: 1 } }),
        {
          schema: schemaOf(recordOf(), [
            { name: "v", type: "long" },
            { name: "w", type: ["null", "string"] },
          ]),
        },
      ),
      reads: recordJson(recordOf({ data: { v: 1, w: null } })),
    },
  ];
}
