import type { EncodeLine } from "../../../src/cases/golden/line.js";
import type { EventySchema } from "../../../src/oracle/avro/schema.js";
import { recordOf, schemaOf } from "../base.js";
import { type Encoding, line } from "../encode-lines.js";

/** Schemas that are none, or of other records. */
export function schemas(encoding: Encoding): EncodeLine[] {
  // Nothing but the schema is wrong: it fits the record.
  const plain = recordOf();
  const none: [string, string, EventySchema][] = [
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
  return [
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
    ...none.map(([id, title, schema]) =>
      line(encoding, `schema-${id}`, `refuses a schema ${title}`, ["COD-028"], plain, {
        schema,
        refuse: { code: "INVALID_SCHEMA" },
      }),
    ),
  ];
}
