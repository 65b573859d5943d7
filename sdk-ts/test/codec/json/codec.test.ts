import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonCodec } from "../../../src/codec/json/index.js";
import { createEvent, createResponse, type Data, EventyError } from "../../../src/record/index.js";

const codec = jsonCodec();
const strict = jsonCodec({ strict: true });
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

const event = createEvent({
  namespace: "urn:orders",
  name: "OrderPlaced",
  uuid: "4770a087-16e6-4ec3-93b9-7377b34e8ece",
  correlationId: "orders:place:1",
  date: 1795473159123,
  context: { "urn:orders": { order: 42 } },
  data: { order: 42 },
});
const EVENT_TEXT =
  '{"type":"EVENT","namespace":"urn:orders","name":"OrderPlaced","protocol_version":"3.5.0","version":"1.0.0",' +
  '"source":"urn:orders","uuid":"4770a087-16e6-4ec3-93b9-7377b34e8ece","correlation_id":"orders:place:1",' +
  '"partition_key":null,"date_timestamp":1795473159123,"date_iso8601":"2026-11-23T22:32:39.123+00:00",' +
  '"context":{"urn:orders":{"order":42}},"data":{"order":42}}';

function withData(data: string): Uint8Array {
  return bytesOf(EVENT_TEXT.replace('"data":{"order":42}', `"data":${data}`));
}

describe("encode", () => {
  test("writes the fields in their order", () => {
    expect(textOf(codec.encode(event))).toBe(EVENT_TEXT);
  });

  test("writes the fields of a response before context and data", () => {
    const response = createResponse({
      namespace: "urn:payments",
      name: "Charge",
      destination: "urn:orders",
      requestUuid: event.uuid,
      ok: false,
      errorCode: -5,
      errorMessage: "declined",
    });
    expect(textOf(codec.encode(response))).toContain(
      `+00:00","destination":"urn:orders","request_uuid":"${event.uuid}","ok":false,"error_code":-5,"error_message":"declined","context":{},"data":{}}`,
    );
  });

  test.each([
    [9223372036854775807n, "9223372036854775807"],
    [-9223372036854775808n, "-9223372036854775808"],
    [9007199254740991, "9007199254740991"],
    [2 ** 53, "9.007199254740992e+15"],
    [-(2 ** 63), "-9.223372036854776e+18"],
    [1e300, "1e+300"],
    [0.1, "0.1"],
  ])("writes %s as %s", (value, text) => {
    const { namespace, name } = event;
    const encoded = textOf(codec.encode(createEvent({ namespace, name, data: { value, list: [value] } })));
    expect(encoded).toContain(`"data":{"value":${text},"list":[${text}]}}`);
  });

  test.each([
    ["data.wide[1]", { wide: [1, 2n ** 63n] }],
    ["data.map.bytes", { map: { bytes: Uint8Array.of(1) } }],
  ])("refuses what JSON cannot carry, at %s", (path, data: Data) => {
    const { namespace, name } = event;
    expect(() => codec.encode(createEvent({ namespace, name, data }))).toThrow(
      expect.objectContaining({ code: "UNENCODABLE", path }),
    );
  });
});

describe("decode", () => {
  test("reads what it writes", () => {
    expect(codec.decode(codec.encode(event))).toEqual(event);
  });

  test.each([
    ["9007199254740993", 9007199254740993n],
    ["-9223372036854775808", -(2n ** 63n)],
    ["123456789012345678901234567890", 123456789012345678901234567890n],
    ["9007199254740993.0", 9007199254740992],
    ["1e300", 1e300],
    ["1.0", 1],
    ["1e2", 100],
    ["0", 0],
  ])("reads the number %s", (text, value) => {
    expect(codec.decode(withData(`{"a":[{"b":${text}}], "u":9007199254740993}`)).data).toEqual({
      a: [{ b: value }],
      u: 9007199254740993n,
    });
  });

  test.each(["", "wide"])("reads hard keys and texts (%s)", (wide) => {
    const number = wide === "" ? "1" : "9007199254740993";
    const data = withData(
      `{ "__proto__" : {"x":[ ]} ,\t"constructor":"\\u0000\\"\\\\","":"\u2028","😀":"\\ud83d\\ude00","n":${number}}`,
    );
    const { data: read } = codec.decode(data);
    expect(Object.entries(read).slice(0, 4)).toEqual([
      ["__proto__", { x: [] }],
      ["constructor", '\u0000"\\'],
      ["", "\u2028"],
      ["😀", "😀"],
    ]);
  });

  test("a key that stands twice: the last one counts, unless strict", () => {
    const bytes = withData('{"a":[{"b":1,"b":2}]}');
    expect(codec.decode(bytes).data).toEqual({ a: [{ b: 2 }] });
    expect(() => strict.decode(bytes)).toThrow(
      expect.objectContaining({ code: "MALFORMED", path: "data.a[0].b" }),
    );
    expect(strict.decode(withData('{"a":1,"b":1}')).data).toEqual({ a: 1, b: 1 });
  });

  test("the ISO 8601 date counts", () => {
    const bytes = bytesOf(EVENT_TEXT.replace("1795473159123", "1795473159122"));
    expect(codec.decode(bytes).date).toBe(1795473159123);
  });

  test("keeps unknown fields aside and does not write them", () => {
    const bytes = bytesOf(`${EVENT_TEXT.slice(0, -1)},"future":{"x":9007199254740993},"__proto__":1}`);
    const record = codec.decode(bytes);
    expect(Object.entries(record.unknownFields)).toEqual([
      ["future", { x: 9007199254740993n }],
      ["__proto__", 1],
    ]);
    expect(textOf(codec.encode(record))).toBe(EVENT_TEXT);
  });

  test("holds unknown fields to the rules for values", () => {
    const withField = (value: string): Uint8Array =>
      bytesOf(`${EVENT_TEXT.slice(0, -1)},"future":{"x":${value}}}`);
    const lists = (count: number): string => "[".repeat(count) + "]".repeat(count);

    expect(() => codec.decode(withField(lists(127)))).not.toThrow();
    expect(() => codec.decode(withField(lists(128)))).toThrow(
      expect.objectContaining({ code: "LIMIT_EXCEEDED" }),
    );
    expect(() => codec.decode(withField('"\\ud800"'))).toThrow(
      expect.objectContaining({ code: "INVALID_RECORD", path: "future.x" }),
    );
  });

  test("refuses the fields of a response on an event", () => {
    const bytes = bytesOf(`${EVENT_TEXT.slice(0, -1)},"ok":true}`);
    expect(() => codec.decode(bytes)).toThrow(
      expect.objectContaining({ code: "INVALID_RECORD", path: "ok" }),
    );
  });

  test.each([
    ["MALFORMED", EVENT_TEXT.slice(0, -1)],
    ["MALFORMED", `${EVENT_TEXT}x`],
    ["MALFORMED", `\ufeff${EVENT_TEXT}`],
    ["MALFORMED", EVENT_TEXT.replace("42", "NaN")],
    ["MALFORMED", ""],
    ["INVALID_RECORD", "[]"],
    ["INVALID_RECORD", "null"],
    ["INVALID_RECORD", "{}"],
    ["INVALID_RECORD", EVENT_TEXT.replace("1795473159123", "1795473159123.5")],
    ["INVALID_RECORD", EVENT_TEXT.replace('"order":42', '"order":"\\ud800"')],
    ["INVALID_RECORD", EVENT_TEXT.replace('"order":42', '"\\udc00":42')],
    ["UNSUPPORTED_VERSION", EVENT_TEXT.replace("3.5.0", "2.0.0")],
    ["UNSUPPORTED_VERSION", EVENT_TEXT.replace("3.5.0", "4.0.0")],
    ["LIMIT_EXCEEDED", EVENT_TEXT.replace(":42}}", `:${"[".repeat(1e5)}${"]".repeat(1e5)}}}`)],
  ])("refuses with %s: %.40s", (code, text) => {
    expect(() => codec.decode(bytesOf(text))).toThrow(expect.objectContaining({ code }));
    expect(() => strict.decode(bytesOf(text))).toThrow(expect.objectContaining({ code }));
  });

  test("refuses bytes that are not UTF-8", () => {
    const bytes = bytesOf(EVENT_TEXT);
    bytes[20] = 0xff;
    expect(() => codec.decode(bytes)).toThrow(expect.objectContaining({ code: "MALFORMED" }));
  });

  test("reads and writes 10 MB", () => {
    const text = "x\u2028".repeat(2_500_000);
    const big = createEvent({ namespace: "urn:a", name: "Big", data: { text, wide: 2n ** 60n } });
    expect(strict.decode(codec.encode(big)).data).toEqual({ text, wide: 2n ** 60n });
  });

  test("throws nothing but EventyError, whatever the bytes", () => {
    const original = bytesOf(EVENT_TEXT);
    const mutation = fc.record({ at: fc.nat(original.length - 1), byte: fc.integer({ min: 0, max: 255 }) });
    fc.assert(
      fc.property(fc.array(mutation, { maxLength: 4 }), (mutations) => {
        const bytes = original.slice();
        for (const { at, byte } of mutations) bytes[at] = byte;
        for (const reader of [codec, strict]) {
          try {
            reader.decode(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(EventyError);
          }
        }
      }),
    );
  });
});

test("recognises JSON by its first byte", () => {
  expect(codec.recognises?.(bytesOf(" {"))).toBe(true);
  expect(codec.recognises?.(bytesOf("Obj"))).toBe(false);
  expect(codec.recognises?.(new Uint8Array())).toBe(false);
});
