import { describe, expect, test } from "vitest";
import { canonicalForm } from "../../../../src/codec/avro/schema/canonical-form.js";
import { parseSchema } from "../../../../src/codec/avro/schema/parse-schema.js";

describe("the canonical form", () => {
  test.each([
    [{ type: "int", logicalType: "date" }, '"int"'],
    [{ type: { type: "string" } }, '"string"'],
    [["null", { type: "bytes" }], '["null","bytes"]'],
    [{ items: "long", type: "array" }, '{"type":"array","items":"long"}'],
    [{ values: [], type: "map" }, '{"type":"map","values":[]}'],
    [{ size: 4, type: "fixed", name: "F", namespace: "a.b" }, '{"name":"a.b.F","type":"fixed","size":4}'],
    [
      { type: "enum", name: "E", doc: "x", symbols: ["B", "A"], default: "A" },
      '{"name":"E","type":"enum","symbols":["B","A"]}',
    ],
    [
      {
        type: "record",
        name: "a.R",
        aliases: ["Q"],
        fields: [{ name: "r", type: ["null", "R"], default: null }],
      },
      '{"name":"a.R","type":"record","fields":[{"name":"r","type":["null","a.R"]}]}',
    ],
  ])("of %j", (schema, expected) => {
    expect(canonicalForm(parseSchema(schema))).toBe(expected);
  });
});
