import type { EncodeLine } from "../../../src/cases/golden/line.js";
import { encodeItem } from "../../../src/oracle/avro/encode.js";
import { type AvroSchema, avroSchemaOf, type EventySchema } from "../../../src/oracle/avro/schema.js";
import type { NeutralRecord } from "../../../src/oracle/index.js";
import { base64, recordJson, recordOf, schemaOf } from "../base.js";
import { type Encoding, line, v } from "../encode-lines.js";

/** Records whose bytes the schema leaves no choice in, and what stands for a key that is not there. */
export function data(encoding: Encoding): EncodeLine[] {
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
