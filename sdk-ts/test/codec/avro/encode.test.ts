import { describe, expect, test } from "vitest";
import { AvroSchemas, avroContainerCodec, avroSingleObjectCodec } from "../../../src/codec/avro/index.js";
import { createResponse, type Data, type Value } from "../../../src/record/index.js";
import { errorOf } from "../../record/error-of.js";
import { evscOf, orderPlaced, schemasOf } from "./orders.js";

const RECORD_A = { type: "record", name: "A", fields: [{ name: "a", type: "int" }] };
const RECORD_B = {
  type: "record",
  name: "B",
  fields: [
    { name: "a", type: "string" },
    { name: "b", type: "int", default: 7 },
  ],
};

/** What is read back of a value that was written as the given type. */
function through(type: unknown, value: Value): unknown {
  const codec = avroSingleObjectCodec(schemasOf(evscOf({ name: "value", type })));
  return codec.decode(codec.encode(orderPlaced({ value }))).data["value"];
}

function encode(type: unknown, value: Value): () => unknown {
  return () => through(type, value);
}

function withContext(part: Data): Data | undefined {
  const codec = avroContainerCodec(schemasOf(evscOf()));
  return codec.decode(codec.encode(orderPlaced({}, { "urn:a": part }))).context["urn:a"];
}

describe("values", () => {
  test.each<[unknown, Value]>([
    ["long", 2n ** 63n - 1n],
    ["long", -(2n ** 63n)],
    ["long", Number.MAX_SAFE_INTEGER],
    ["long", Number.MIN_SAFE_INTEGER],
    ["long", 2n ** 53n],
    ["int", 2 ** 31 - 1],
    ["int", -(2 ** 31)],
    ["double", -0],
    ["double", Number.MAX_VALUE],
    ["double", 5e-324],
    ["float", Math.fround(0.1)],
    ["string", "\u0000\u2028\ufffd\ufeff👩"],
    ["string", "é".repeat(100)],
    ["bytes", Uint8Array.of(0, 255)],
    [["int", "long"], 5],
    [["int", "long"], 2 ** 40],
    [["double", "long"], 2n ** 62n],
    [["float", "double"], 0.1],
    [["null", "long"], 0],
    [["string", { type: "enum", name: "E", symbols: ["A"] }], "A"],
    [["bytes", { type: "fixed", name: "F", size: 2 }], Uint8Array.of(1, 2)],
    [[{ type: "map", values: "int" }, RECORD_A], { x: 1 }],
    [[RECORD_A, RECORD_B], { a: "text", b: 1 }],
    [{ type: "map", values: "int" }, Object.fromEntries([["__proto__", 1]])],
  ])("of %j come back: %o", (type, value) => {
    expect(through(type, value)).toEqual(value);
  });

  test.each<[unknown, Value]>([
    ["int", 2 ** 31],
    ["int", 0.5],
    ["long", 0.5],
    ["long", 2 ** 53],
    ["long", 2n ** 63n],
    ["float", 0.1],
    ["double", 2n ** 53n + 1n],
    ["string", 1],
    ["boolean", 0],
    ["null", "null"],
    ["bytes", "text"],
    [{ type: "fixed", name: "F", size: 2 }, Uint8Array.of(1)],
    [{ type: "enum", name: "E", symbols: ["A"] }, "B"],
    [{ type: "array", items: "int" }, { 0: 1 }],
    [{ type: "map", values: "int" }, [1]],
    [["null", "string"], 1],
    [[RECORD_A, RECORD_B], { a: true }],
    [RECORD_A, { a: 1, constructor: 1 }],
    [RECORD_A, {}],
    [{ type: "map", values: [] }, { a: null }],
  ])("are refused as %j: %o", (type, value) => {
    expect(errorOf(encode(type, value))).toMatch(/^UNENCODABLE data\.value/);
  });

  test("that do not fit are named by their path", () => {
    const type = { type: "array", items: { type: "map", values: ["null", RECORD_A] } };

    expect(errorOf(encode(type, [{}, { "a b": { a: "x" } }]))).toBe('UNENCODABLE data.value[1]["a b"].a');
    expect(errorOf(encode(type, [{ x: { a: 1, more: 2 } }]))).toBe("UNENCODABLE data.value[0].x.more");
    expect(errorOf(encode(type, [{ x: {} }]))).toBe("UNENCODABLE data.value[0].x.a");
  });

  test("that are absent are null where that is possible, whatever default the schema has", () => {
    const nullable = { type: ["string", "null"], default: "x" };
    const codec = avroSingleObjectCodec(
      schemasOf(evscOf({ name: "a", ...nullable }, { name: "b", type: "null" })),
    );

    expect(codec.decode(codec.encode(orderPlaced({}))).data).toEqual({ a: null, b: null });
  });

  test("are found by keys that every object inherits", () => {
    const names = ["constructor", "__proto__", "toString"];
    const schemas = schemasOf(evscOf(...names.map((name) => ({ name, type: ["null", "int"] }))));
    const codec = avroSingleObjectCodec(schemas);
    const given = Object.fromEntries([["__proto__", 1]]);

    const { data } = codec.decode(codec.encode(orderPlaced(given)));

    expect(Object.entries(data)).toEqual([
      ["constructor", null],
      ["__proto__", 1],
      ["toString", null],
    ]);
  });

  test("are told apart in time that grows with their size only", () => {
    const right = {
      type: "record",
      name: "Right",
      fields: [
        { name: "next", type: ["null", "Left", "Right"] },
        { name: "value", type: "string" },
      ],
    };
    const left = {
      type: "record",
      name: "Left",
      fields: [
        { name: "next", type: ["null", "Left", right] },
        { name: "value", type: "int" },
      ],
    };
    let value: Value = null;
    for (let level = 0; level < 100; level++) value = { next: value, value: "text" };

    expect(through(["null", left, "Right"], value)).toEqual(value);
  });
});

describe("context", () => {
  test("carries every scalar exactly", () => {
    const part = {
      a: 1,
      b: 0.1,
      c: "x",
      d: null,
      e: true,
      f: 2n ** 63n - 1n,
      g: 12345.678,
      h: 2 ** 60,
      i: -0,
    };

    expect(withContext(part)).toEqual(part);
  });

  test("refuses what Avro cannot carry there", () => {
    expect(errorOf(() => withContext({ k: { x: 1 } }))).toBe('UNENCODABLE context["urn:a"].k');
    expect(errorOf(() => withContext({ k: 2n ** 64n }))).toBe('UNENCODABLE context["urn:a"].k');
  });
});

test("a response without data is written, whatever fields its schema has", () => {
  const evsc = { ...evscOf({ name: "order", type: "long" }), type: "RESPONSE" };
  const codec = avroContainerCodec(new AvroSchemas().register(evsc));
  const response = createResponse({
    namespace: "urn:orders",
    name: "OrderPlaced",
    destination: "urn:shop",
    requestUuid: "4770a087-16e6-4ec3-93b9-7377b34e8ece",
    ok: false,
    errorCode: 404,
    errorMessage: "no such order",
  });

  expect(codec.decode(codec.encode(response))).toEqual(response);
});

test("a record of another type than its schema is refused", () => {
  const codec = avroContainerCodec(schemasOf({ ...evscOf(), type: "REQUEST" }));

  expect(errorOf(() => codec.encode(orderPlaced({})))).toBe("UNENCODABLE type");
});
