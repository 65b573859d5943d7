import { describe, expect, test } from "vitest";
import { createEvent, type Data, EventyError, readRecord, traits } from "../../src/record/index.js";

const named = { namespace: "urn:orders", name: "OrderPlaced" };

function nested(levels: number): unknown {
  let value: unknown = "leaf";
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? { a: value } : [value];
  return value;
}

function create(data: unknown): { readonly data: Data } {
  return createEvent({ ...named, data: data as Data });
}

describe("values", () => {
  test("integers beyond 2^53 are a bigint, smaller ones a number", () => {
    const { data } = create({
      small: 5n,
      most: 9007199254740991n,
      wide: 9007199254740992n,
      min: -(2n ** 63n),
    });
    expect(data).toEqual({ small: 5, most: 9007199254740991, wide: 9007199254740992n, min: -(2n ** 63n) });
  });

  test("keys that mean something to the language are keys", () => {
    const data = JSON.parse('{"__proto__": {"x": 5}, "constructor": 1, "": 2, "😀": 3}') as Data;
    const event = create({ ...data, list: [data] });

    expect(Object.keys(event.data)).toEqual(["__proto__", "constructor", "", "😀", "list"]);
    expect(Object.getOwnPropertyDescriptor(event.data, "__proto__")?.value).toEqual({ x: 5 });
    expect(Object.getPrototypeOf(event.data)).toBe(Object.prototype);
  });

  test("a changed value under the key __proto__ stays a value", () => {
    const data = JSON.parse('{"__proto__": 0}') as Record<string, unknown>;
    Object.defineProperty(data, "__proto__", { value: 5n, enumerable: true });

    expect(Object.getOwnPropertyDescriptor(create(data).data, "__proto__")?.value).toBe(5);
  });

  test.each([
    ["data.a[1]", { a: [1, Number.NaN] }],
    ["data.a", { a: Number.POSITIVE_INFINITY }],
    ["data.a.b", { a: { b: undefined } }],
    ["data.when", { when: new Date(0) }],
    ["data.map", { map: new Map() }],
    ["data.f", { f: () => 1 }],
    ["data.s", { s: Symbol("s") }],
    ['data["a b"]', { "a b": "\ud800" }],
    ["data", { "\udc00": 1 }],
    ["data", []],
    ["data", "text"],
  ])("refuses what is no value, at %s", (path, data) => {
    expect(() => create(data)).toThrow(expect.objectContaining({ code: "INVALID_RECORD", path }));
  });

  test("an error names its place, however deep", () => {
    const value: unknown = Array.from({ length: 12 }).reduce((inner) => [inner], Number.NaN);
    expect(() => create({ a: value })).toThrow(
      expect.objectContaining({ code: "INVALID_RECORD", path: `data.a${"[0]".repeat(12)}` }),
    );
  });

  test("nest as deep as the limit", () => {
    expect(() => create({ a: nested(127) })).not.toThrow();
    expect(() => create({ a: nested(128) })).toThrow(expect.objectContaining({ code: "LIMIT_EXCEEDED" }));
    expect(() => create({ a: nested(100_000) })).toThrow(expect.objectContaining({ code: "LIMIT_EXCEEDED" }));
  });

  test("bytes are no value of a context", () => {
    const context = { "urn:a": { list: [Uint8Array.of(1)] } };
    expect(() => createEvent({ ...named, context })).toThrow(
      expect.objectContaining({ code: "INVALID_RECORD", path: 'context["urn:a"].list[0]' }),
    );
  });

  test("a value that holds itself is refused", () => {
    const data: Record<string, unknown> = {};
    data["self"] = data;
    expect(() => create(data)).toThrow(expect.objectContaining({ code: "LIMIT_EXCEEDED" }));
  });

  test.each([
    [
      { a: 1.5, b: "x", c: [true, null] },
      { hasBytes: false, hasWideNumbers: false },
    ],
    [{ a: [Uint8Array.of(1)] }, { hasBytes: true, hasWideNumbers: false }],
    [{ a: 1e300 }, { hasBytes: false, hasWideNumbers: true }],
    [{ a: { b: 2n ** 60n } }, { hasBytes: false, hasWideNumbers: true }],
  ])("knows the traits of its values (%#)", (data, expected) => {
    expect(traits(createEvent({ ...named, data }))).toEqual(expected);
  });
});

describe("readRecord", () => {
  const loose = (): Record<string, unknown> => ({ ...createEvent(named) });

  test("reads what a creator may not write", () => {
    const record = readRecord({
      ...loose(),
      namespace: "urn:",
      source: "urn:a.b",
      correlationId: "",
      context: { "": {} },
    });
    expect(record).toMatchObject({
      namespace: "urn:",
      source: "urn:a.b",
      correlationId: "",
      context: { "": {} },
    });
  });

  test("takes over the objects that it is given, and freezes them", () => {
    const data = { lines: [1n] };
    const record = readRecord({ ...loose(), data });
    expect(record.data).toBe(data);
    expect(data).toEqual({ lines: [1] });
    expect(Object.isFrozen(data.lines)).toBe(true);
  });

  test("reads the values of another record, bytes included", () => {
    const { data } = createEvent({ ...named, data: { bytes: Uint8Array.of(1), list: [Uint8Array.of(2)] } });
    expect(readRecord({ ...loose(), data }).data).toEqual(data);
  });

  test.each(["1.0.0", "2.3.4", "3.0.0", "3.99.0-rc.1"])("reads protocol %s", (protocolVersion) => {
    expect(readRecord({ ...loose(), protocolVersion })).toMatchObject({ protocolVersion });
  });

  test.each(["0.9.0", "4.0.0", "30.0.0"])("refuses protocol %s", (protocolVersion) => {
    expect(() => readRecord({ ...loose(), protocolVersion })).toThrow(
      expect.objectContaining({ code: "UNSUPPORTED_VERSION", path: "protocol_version" }),
    );
  });

  test("names the field that is missing", () => {
    const { uuid: _, ...rest } = loose();
    expect(() => readRecord(rest)).toThrow(new EventyError("INVALID_RECORD", "is missing", { path: "uuid" }));
  });
});
