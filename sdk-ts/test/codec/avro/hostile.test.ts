import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { avroContainerCodec, avroSingleObjectCodec } from "../../../src/codec/avro/index.js";
import { EventyError } from "../../../src/record/index.js";
import { errorOf } from "../../record/error-of.js";
import { containerOf, containerOfText, schemaIn } from "./avsc-oracle.js";
import { evscOf, orderPlaced, schemasOf } from "./orders.js";

const schemas = schemasOf();
const container = avroContainerCodec(schemas);
const singleObject = avroSingleObjectCodec(schemas);
const file = container.encode(orderPlaced());
const object = singleObject.encode(orderPlaced());
const schema = schemaIn(file);
const datum = object.subarray(10);

const VALID: readonly Uint8Array[] = [
  file,
  object,
  containerOf(schema, [[datum]], "deflate"),
  containerOf(schema, [[datum]], "snappy"),
];

/** The bytes of a count or a length. */
const HUGE = [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
const HUGE_NEGATIVE = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
const BILLION = [0x80, 0xa8, 0xd6, 0xb9, 0x07];

function decode(bytes: Uint8Array): void {
  for (const codec of [container, singleObject]) {
    try {
      codec.decode(bytes);
    } catch (error) {
      expect(error).toBeInstanceOf(EventyError);
    }
  }
}

describe("decoders, given bytes that are not a record,", () => {
  test("refuse every truncation", () => {
    for (const whole of VALID) {
      const codec = container.recognises?.(whole) === true ? container : singleObject;
      for (let size = 0; size < whole.length; size++) {
        expect(errorOf(() => codec.decode(whole.subarray(0, size)))).toMatch(/^(MALFORMED|INVALID_RECORD)$/);
      }
    }
  });

  test("refuse bytes behind the record", () => {
    for (const whole of VALID) {
      const codec = container.recognises?.(whole) === true ? container : singleObject;
      expect(errorOf(() => codec.decode(Buffer.concat([whole, Buffer.of(0)])))).toBe("MALFORMED");
    }
  });

  test("throw only EventyError for random bytes", () => {
    const random = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc
        .uint8Array({ maxLength: 200 })
        .map((bytes) => Buffer.concat([Buffer.from("Obj\x01", "latin1"), bytes])),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.concat([object.subarray(0, 10), bytes])),
    );
    fc.assert(fc.property(random, decode), { numRuns: 2000 });
  });

  test("throw only EventyError for records with some bytes changed", () => {
    const change = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), to: fc.nat(255) });
    const changes = fc.array(change, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...VALID), changes, (whole, places) => {
        const bytes = Uint8Array.from(whole);
        for (const { at, to } of places) bytes[Math.floor(at * (bytes.length - 1))] = to;
        decode(bytes);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ["a length", "string"],
    ["a length", "bytes"],
    ["a count", { type: "array", items: "string" }],
    ["a count", { type: "map", values: "string" }],
    ["a count", { type: "array", items: "null" }],
    ["a count", { type: "array", items: { type: "record", name: "Empty", fields: [] } }],
    ["a count", { type: "map", values: [] }],
  ])("refuse %s that they cannot hold, of %o", (_, type) => {
    const own = schemasOf(evscOf({ name: "value", type }));
    const codec = avroSingleObjectCodec(own);
    const empty = codec.encode(orderPlaced({ value: emptyOf(type) }));
    for (const count of [HUGE, HUGE_NEGATIVE, BILLION]) {
      const bytes = Buffer.concat([empty.subarray(0, -1), Buffer.from(count), Buffer.from([0, 0, 0])]);
      expect(errorOf(() => codec.decode(bytes))).toBe("MALFORMED");
    }
  });

  test("refuse schemas whose values grow from nothing", () => {
    const fields = (type: string) => Array.from({ length: 100 }, (_, index) => ({ name: `f${index}`, type }));
    const types = Array.from({ length: 6 }, (_, level) => ({
      name: `level${level}`,
      type: { type: "record", name: `L${level}`, fields: level === 0 ? [] : fields(`L${level - 1}`) },
    }));
    const bomb = containerOf({ type: "record", name: "Bomb", fields: types }, [[new Uint8Array()]]);

    expect(errorOf(() => container.decode(bomb))).toBe("MALFORMED");
  });

  test("refuse schemas and values that are nested too deeply", () => {
    const depth = 100_000;
    const text = `${'{"type":"array","items":'.repeat(depth)}"int"${"}".repeat(depth)}`;
    const list = { type: "record", name: "List", fields: [{ name: "next", type: ["null", "List"] }] };

    expect(errorOf(() => container.decode(containerOf(list, [[new Uint8Array(depth).fill(2)]])))).toBe(
      "LIMIT_EXCEEDED",
    );
    expect(errorOf(() => container.decode(containerOfText(text, [[datum]])))).toBe("INVALID_SCHEMA");
  });

  test("refuse snappy streams that lead nowhere", () => {
    const streams = [
      [0x10, 0xfc, 0xfa, 0xff, 0xff, 0xff],
      [0x04, 0x00, 0x61, 0x09, 0x00],
      [0x04, 0x00, 0x61, 0x0d, 0x05],
      [0xff, 0xff, 0xff, 0xff, 0x0f],
      [0x80],
    ];
    for (const stream of streams) {
      const block = Buffer.from([...stream, 0, 0, 0, 0]);
      const raw = Buffer.from(containerOf(schema, [[block]], "nope!!")).toString("latin1");
      const bytes = Buffer.from(raw.replace("nope!!", "snappy"), "latin1");
      expect(errorOf(() => container.decode(bytes))).toMatch(/^(MALFORMED|LIMIT_EXCEEDED)$/);
    }
  });
});

function emptyOf(type: unknown): string | Uint8Array | readonly [] | { readonly [key: string]: never } {
  if (type === "string") return "";
  if (type === "bytes") return new Uint8Array();
  return (type as { type: string }).type === "array" ? [] : {};
}
