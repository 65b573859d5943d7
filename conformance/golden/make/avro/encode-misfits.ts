import type { EncodeLine } from "../../../src/cases/golden/line.js";
import type { AvroSchema } from "../../../src/oracle/avro/schema.js";
import type { Plain } from "../../../src/oracle/values.js";
import { recordOf, schemaOf } from "../base.js";
import { type Encoding, line, v } from "../encode-lines.js";

/** A schema of events whose data has one field, `v`, of this type. */
export function oneField(type: AvroSchema): Partial<EncodeLine> {
  return { schema: schemaOf(recordOf(), [{ name: "v", type }]) };
}

/** Values that do not fit their schema. */
export function misfits(encoding: Encoding): EncodeLine[] {
  const misfit = (id: string, title: string, type: AvroSchema, value: Plain, path = "data.v") =>
    line(encoding, id, `refuses to write ${title}`, ["COD-046", "REC-056"], v(value), {
      ...oneField(type),
      refuse: { code: "UNENCODABLE", path },
    });
  return [
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
      { ...oneField("long"), refuse: { code: "UNENCODABLE", path: "data.w" } },
    ),
    line(
      encoding,
      "missing-key",
      "refuses to write without a key that null does not fit",
      ["COD-049"],
      recordOf({ data: {} }),
      { ...oneField("long"), refuse: { code: "UNENCODABLE", path: "data.v" } },
    ),
    line(
      encoding,
      "context-nested",
      "refuses to write a list in a context",
      ["COD-046", "REC-056"],
      v(1, { context: { "urn:orders": { lines: [1] } } }),
      { ...oneField("long"), refuse: { code: "UNENCODABLE", path: 'context["urn:orders"].lines' } },
    ),
    line(
      encoding,
      "context-map",
      "refuses to write a map in a context",
      ["COD-046", "REC-056"],
      v(1, { context: { "urn:orders": { order: {} } } }),
      { ...oneField("long"), refuse: { code: "UNENCODABLE", path: 'context["urn:orders"].order' } },
    ),
  ];
}
