import { describe, expect, test } from "vitest";
import { errorOf } from "../../../record/error-of.js";
import { long, read, text, write } from "../kit.js";

const record = (name: string, ...fields: (readonly [name: string, type: unknown])[]) => ({
  type: "record",
  name,
  fields: fields.map(([field, type]) => ({ name: field, type })),
});
const array = (items: unknown) => ({ type: "array", items });
const map = (values: unknown) => ({ type: "map", values });
const E = { type: "enum", name: "E", symbols: ["A", "b-1"] };
const F = { type: "fixed", name: "F", size: 2 };
const NUMBERS = ["null", "float", "double", "int", "long"];
const OPTIONAL = record("Optional", ["a", "long"], ["b", ["null", "long"]]);
const EXACT = record("Exact", ["a", "long"]);
const TREE = record("Tree", ["in", ["null", "Tree"]]);

describe("a value is written and read", () => {
  test.each<[unknown, unknown, string]>([
    ["null", null, ""],
    ["boolean", true, "01"],
    ["int", -(2 ** 31), "ffffffff0f"],
    ["long", 2 ** 31, "8080808010"],
    ["long", Number.MAX_SAFE_INTEGER, "feffffffffffff1f"],
    ["long", 2n ** 53n, "8080808080808020"],
    ["long", 2n ** 63n - 1n, "feffffffffffffffff01"],
    ["long", -(2n ** 63n), "ffffffffffffffffff01"],
    ["float", 0.25, "0000803e"],
    ["double", -0, "0000000000000080"],
    ["double", 2 ** 60, "000000000000b043"],
    ["string", "", "00"],
    ["string", "Zoë \ufffd\u{1f600}", "185a6f c3ab 20 efbfbd f09f9880".replaceAll(" ", "")],
    ["bytes", Uint8Array.of(0, 255), "0400ff"],
    [F, Uint8Array.of(1, 2), "0102"],
    [E, "b-1", "02"],
    [array("int"), [1, 2], "04020400"],
    [array("null"), [null, null], "0400"],
    [map("int"), { a: 1, "": 2 }, "04026102000400"],
    [map([]), {}, "00"],
    [NUMBERS, null, "00"],
    [NUMBERS, 5, "060a"],
    [NUMBERS, 2n ** 60n, "08808080808080808020"],
    [NUMBERS, 0.1, "049a9999999999b93f"],
    [NUMBERS, -0, "040000000000000080"],
    [["int", "float"], 0.5, "020000003f"],
    [["null", E, "string"], "A", "0200"],
    [["null", E, "string"], "C", "040243"],
    [TREE, { in: { in: null } }, "0200"],
  ])("%j %s", (schema, value, hex) => {
    expect(write(schema, value).toString("hex")).toBe(hex);
    expect(read(schema, Buffer.from(hex, "hex"))).toEqual(value);
  });

  test.each([1, 47, 48, 49, 63, 64, 5000, 2_000_000])("a text of %i characters", (length) => {
    for (const unit of ["a", "é"])
      expect(read("string", text(unit.repeat(length)))).toBe(unit.repeat(length));
  });

  test("keys and fields that every object inherits", () => {
    const own = JSON.parse('{"__proto__":{"x":1},"constructor":{"x":2}}');
    const fields = record(
      "R",
      ["__proto__", map("int")],
      ["constructor", map("int")],
      ["toString", ["null", "int"]],
    );
    for (const [schema, expected] of [
      [map(map("int")), own],
      [fields, { ...own, toString: null }],
    ]) {
      const value = read(schema, write(schema, own)) as object;
      expect(Object.entries(value)).toEqual(Object.entries(expected));
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    }
  });
});

describe("a map for a union", () => {
  test.each<[string, unknown[], unknown, number]>([
    ["takes the branch that needs no nulls", ["null", OPTIONAL, EXACT], { a: 1 }, 2],
    ["takes a map before a record that needs nulls", [OPTIONAL, map("long")], { a: 1 }, 1],
    ["takes the first of equals", [OPTIONAL, map(["null", "long"])], { a: 1, b: 2 }, 0],
    ["takes a record that needs nulls where there is no other", [map("string"), OPTIONAL], { a: 1 }, 1],
    [
      "looks at nulls deep within",
      [map(OPTIONAL), map(EXACT)].map((of, i) => record(`R${i}`, ["r", of])),
      { r: { x: { a: 1 } } },
      1,
    ],
  ])("%s", (_, union, value, branch) => {
    expect(write(union, value)[0]).toBe(2 * branch);
  });

  test("is looked at once for each branch, though a hundred levels fit two branches each", () => {
    const schema = record("S", ["v", ["int", "S", map(["int", "S"])]]);
    const value = Array.from({ length: 100 }).reduce<unknown>((inner) => ({ v: inner }), 1);
    expect(read(schema, write(schema, value))).toEqual(value);
  });
});

describe("a key that is missing", () => {
  test("is written as null where null fits, whatever the default", () => {
    const schema = { ...OPTIONAL, fields: [{ name: "a", type: ["int", "null"], default: 5 }] };
    expect(read(schema, write(schema, {}))).toEqual({ a: null });
  });

  test("is refused where null does not fit, whatever the default", () => {
    const schema = { ...EXACT, fields: [{ name: "a", type: "int", default: 5 }] };
    expect(errorOf(() => write(schema, {}))).toBe("UNENCODABLE a");
  });
});

describe("a value that does not fit is refused", () => {
  test.each<[unknown, unknown, string?]>([
    ["null", 0],
    ["boolean", 1],
    ["int", 2 ** 31],
    ["int", 0.5],
    ["long", 2 ** 53],
    ["long", 2n ** 63n],
    ["long", "5"],
    ["float", 0.1],
    ["float", 2n ** 60n],
    ["double", 2n ** 60n],
    ["double", "1"],
    ["string", 5],
    ["bytes", "x"],
    [F, new Uint8Array(3)],
    [E, "C"],
    [["null", "long"], "x"],
    [["null", "double", "float"], 2n ** 60n],
    [[], null],
    [map([]), { a: null }, " a"],
    [array("int"), {}],
    [map("int"), []],
    [EXACT, new Uint8Array()],
    [EXACT, { a: 1, c: 2 }, " c"],
    [array(map("long")), [{}, { "a b": "x" }], ' [1]["a b"]'],
  ])("%j %s", (schema, value, path = "") => {
    expect(errorOf(() => write(schema, value))).toBe(`UNENCODABLE${path}`);
  });
});

describe("bytes that are none of the schema's are refused", () => {
  const many = long(2n ** 60n);
  const E0 = record("E0");
  const wide = (level: number): unknown =>
    record(
      `W${level}`,
      ...["a", "b", "c", "d"].map(
        (name, i) => [name, level === 0 ? "null" : i === 0 ? wide(level - 1) : `W${level - 1}`] as const,
      ),
    );
  test.each<[string, unknown, string]>([
    ["a boolean of 2", "boolean", "02"],
    ["an int of 33 bits", "int", long(2 ** 31).toString("hex")],
    ["a varint of 11 bytes", "long", "8080808080808080808001"],
    ["a varint of 65 bits", "long", "ffffffffffffffffff02"],
    ["a negative length", "string", "01"],
    ["a length of 2^62", "bytes", long(2n ** 62n).toString("hex")],
    ["a fixed of a gigabyte", { type: "fixed", name: "G", size: 2 ** 30 }, "00"],
    ["bad UTF-8", "string", "02ff"],
    ["an overlong form", "string", "04c080"],
    ["an encoded surrogate", "string", "06eda080"],
    ["a long text with bad UTF-8", "string", `80 01 ${"61".repeat(63)}ff`.replaceAll(" ", "")],
    ["a branch too many", NUMBERS, "0a"],
    ["a negative branch", NUMBERS, "01"],
    ["a symbol too many", E, "04"],
    ["a value of an empty union", map([]), "02026100"],
    ["2^60 longs", array("long"), many.toString("hex")],
    ["2^60 nulls", array("null"), many.toString("hex")],
    ["-2^63 nulls", array("null"), "ffffffffffffffffff0100"],
    ["2^60 empty records", array(E0), many.toString("hex")],
    ["2^60 entries", map("null"), many.toString("hex")],
    ["arrays of nulls in many blocks", array("null"), long(60_000).toString("hex").repeat(20)],
    ["a block that is longer than it says", array("int"), "0102020200"],
    ["a block that is larger than the rest", array("int"), "017e02"],
    ["records without bytes, 4^12 of them", wide(12), ""],
    ["a byte after the end", "null", "00"],
  ])("%s", (_, schema, hex) => {
    expect(errorOf(() => read(schema, Buffer.from(hex, "hex")))).toBe("MALFORMED");
  });

  test("more than 129 levels, with bytes or without", () => {
    expect(errorOf(() => read(TREE, Buffer.alloc(5000, 2)))).toBe("LIMIT_EXCEEDED");
    expect(errorOf(() => read(record("Endless", ["e", "Endless"]), Buffer.alloc(0)))).toBe("LIMIT_EXCEEDED");
  });
});

describe("blocks", () => {
  test("may be several, with a size and without", () => {
    const blocks = Buffer.concat([long(1), long(7), long(-2), long(2), long(8), long(9), long(0)]);
    expect(read(array("int"), blocks)).toEqual([7, 8, 9]);
  });

  test("of a map may have a key twice: the last one counts", () => {
    const blocks = Buffer.concat([long(1), text("a"), long(1), long(1), text("a"), long(2), long(0)]);
    expect(read(map("int"), blocks)).toEqual({ a: 2 });
  });

  test("of nulls may be long, where bytes or the base allowance pay for them", () => {
    expect(read(array("null"), Buffer.concat([long(60_000), long(0)]))).toHaveLength(60_000);
  });
});
