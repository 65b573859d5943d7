import { describe, expect, it } from "vitest";
import type { Codec } from "../../../src/codec/codec.js";
import { CodecRegistry } from "../../../src/codec/registry.js";
import { createEvent, EventyError, type EventyRecord } from "../../../src/record/index.js";
import { errorOf } from "../../record/error-of.js";

const record = createEvent({ namespace: "urn:orders", name: "OrderPlaced" });
const bytes = Uint8Array.of(1, 2, 3);

function codecOf(contentType: string, behaviour: Partial<Codec> = {}): Codec {
  return { contentType, encode: () => bytes, decode: () => record, ...behaviour };
}

function failing(error: unknown): Partial<Codec> {
  const fail = (): never => {
    throw error;
  };
  return { encode: fail, decode: fail };
}

describe("the codec of a content type", () => {
  const plain = codecOf("application/x-test");
  const japanese = codecOf('application/x-test; lang=ja; note="a;b"');
  const registry = new CodecRegistry(plain, japanese);

  it.each([
    ["application/x-test", plain],
    ["Application/X-TEST", plain],
    ["application/x-test ; charset=utf-8", plain],
    ['application/x-test;NOTE="a;b";Lang=ja', japanese],
    ["application/x-test; lang=ja", plain],
    ['application/x-test; lang=JA; note="a;b"', plain],
  ])("%s", (contentType, codec) => {
    expect(registry.get(contentType)).toBe(codec);
  });

  it.each(["application/x-other", "", "no content type", "__proto__"])("%j has none", (contentType) => {
    expect(errorOf(() => registry.get(contentType))).toBe("UNKNOWN_ENCODING");
  });

  it("can be registered once", () => {
    expect(errorOf(() => registry.register(codecOf("APPLICATION/x-test")))).toBe("UNKNOWN_ENCODING");
    expect(registry.codecs).toEqual([plain, japanese]);
  });
});

describe("decoding", () => {
  const given = createEvent({ namespace: "urn:a", name: "A" });
  const recognised = createEvent({ namespace: "urn:b", name: "B" });
  const registry = new CodecRegistry(
    codecOf("application/a", { decode: () => given }),
    codecOf("application/b", { decode: () => recognised, recognises: ([first]) => first === 1 }),
  );

  it("believes the content type", () => {
    expect(registry.decode(bytes, { contentType: "application/a" })).toBe(given);
    expect(
      errorOf(() => registry.decode(bytes, { contentType: "application/c", fallback: "application/a" })),
    ).toBe("UNKNOWN_ENCODING");
  });

  it("recognises the first bytes where there is no content type", () => {
    expect(registry.decode(bytes, { fallback: "application/a" })).toBe(recognised);
  });

  it("falls back where nothing is recognised", () => {
    expect(registry.decode(Uint8Array.of(9), { fallback: "application/a" })).toBe(given);
    expect(errorOf(() => registry.decode(Uint8Array.of(9)))).toBe("UNKNOWN_ENCODING");
    expect(errorOf(() => registry.decode(new Uint8Array()))).toBe("UNKNOWN_ENCODING");
  });
});

describe("codecs of users", () => {
  it("have errors of their own wrapped, with the cause", () => {
    const cause = new TypeError("broken");
    const registry = new CodecRegistry(codecOf("application/x", failing(cause)));

    expect(errorOf(() => registry.encode(record, "application/x"))).toBe("UNENCODABLE");
    expect(errorOf(() => registry.decode(bytes, { contentType: "application/x" }))).toBe("MALFORMED");
    expect(() => registry.decode(bytes, { contentType: "application/x" })).toThrow(
      expect.objectContaining({ cause }),
    );
  });

  it("may throw an EventyError, which passes", () => {
    const error = new EventyError("UNKNOWN_SCHEMA", "not here");
    const registry = new CodecRegistry(codecOf("application/x", failing(error)));

    expect(() => registry.encode(record, "application/x")).toThrow(error);
    expect(() => registry.decode(bytes, { contentType: "application/x" })).toThrow(error);
  });

  it("must give bytes and records", () => {
    const copy: EventyRecord = { ...record };
    const registry = new CodecRegistry(
      codecOf("application/x", { encode: () => "text" as unknown as Uint8Array, decode: () => copy }),
    );

    expect(errorOf(() => registry.encode(record, "application/x"))).toBe("UNENCODABLE");
    expect(errorOf(() => registry.decode(bytes, { contentType: "application/x" }))).toBe("INVALID_RECORD");
  });
});
