import { describe, expect, test } from "vitest";
import { parseSchema, parseSchemaText } from "../../../../src/codec/avro/schema/parse-schema.js";
import { errorOf } from "../../../record/error-of.js";

const field = (type: unknown, name: unknown = "f") => ({
  type: "record",
  name: "R",
  fields: [{ name, type }],
});

describe("a schema that is valid", () => {
  test.each([
    ["a field with any name", field("int", "a-b")],
    ["an empty name of a field", field("int", "")],
    ["a field named __proto__", field("int", "__proto__")],
    ["a symbol that is any text", { type: "enum", name: "E", symbols: ["a-b"] }],
    ["a record that leads back to itself", field(["null", "R"])],
    [
      "a default that is no value of its field",
      { type: "record", name: "R", fields: [{ name: "f", type: "int", default: "x" }] },
    ],
    ["an unknown logical type", { type: "bytes", logicalType: "decimal", precision: "x" }],
  ])("%s", (_, schema) => {
    expect(errorOf(() => parseSchema(schema))).toBe("no error");
  });
});

describe("a schema that is not valid", () => {
  test.each<[unknown, string]>([
    [7, "INVALID_SCHEMA"],
    [null, "INVALID_SCHEMA"],
    ["Unknown", "INVALID_SCHEMA"],
    [{ type: "record", name: "a-b", fields: [] }, "INVALID_SCHEMA"],
    [{ type: "record", name: "int", fields: [] }, "INVALID_SCHEMA"],
    [{ type: "record", name: "R" }, "INVALID_SCHEMA fields"],
    [field("integer"), "INVALID_SCHEMA fields[0].type"],
    [field(["null", "null"]), "INVALID_SCHEMA fields[0].type[1]"],
    [field(["null", ["int"]]), "INVALID_SCHEMA fields[0].type[1]"],
    [
      {
        type: "record",
        name: "R",
        fields: [
          { name: "f", type: "int" },
          { name: "f", type: "int" },
        ],
      },
      "INVALID_SCHEMA fields[1]",
    ],
    [{ type: "enum", name: "E", symbols: ["A", "A"] }, "INVALID_SCHEMA symbols"],
    [{ type: "fixed", name: "F", size: -1 }, "INVALID_SCHEMA size"],
    [field({ type: "fixed", name: "R", size: 1 }), "INVALID_SCHEMA fields[0].type"],
  ])("%j is %s", (schema, expected) => {
    expect(errorOf(() => parseSchema(schema))).toBe(expected);
  });

  test("a text that is no JSON", () => {
    expect(errorOf(() => parseSchemaText("{"))).toBe("INVALID_SCHEMA");
  });

  test("nesting without end", () => {
    const deep = `${'{"type":"array","items":'.repeat(5000)}"int"${"}".repeat(5000)}`;
    expect(errorOf(() => parseSchemaText(deep))).toBe("INVALID_SCHEMA");
  });
});
