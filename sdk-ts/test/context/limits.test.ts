import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ContextLimits, checkContext, emitEvent } from "../../src/context/index.js";
import { contextBytes, contextBytesAtMost } from "../../src/context/size.js";
import { type Context, createEvent, type EventyRecord, readRecord } from "../../src/record/index.js";
import { errorOf } from "../record/error-of.js";

const FLOW = "urn:eventy:flow";

function withContext(context: Context): EventyRecord {
  return readRecord({ ...createEvent({ namespace: "urn:a", name: "A" }), context });
}

/** A context that is so many bytes of compact JSON. */
function ofBytes(bytes: number): Context {
  return { "urn:a": { x: "y".repeat(bytes - '{"urn:a":{"x":""}}'.length) } };
}

function ofNamespaces(count: number): Context {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`urn:${index}`, {}]));
}

const reserved = {
  "urn:eventy:trace": { tracestate: "x".repeat(9000) },
  "urn:eventy": {},
  "urn:eventy:new": {},
};

describe("limits", () => {
  it.each<[string, Context, Context]>([
    ["namespaces", ofNamespaces(64), ofNamespaces(65)],
    ["bytes", ofBytes(8192), ofBytes(8193)],
    ["hops", { [FLOW]: { hops: 64 } }, { [FLOW]: { hops: 65 } }],
    ["hops beyond 2^53", {}, { [FLOW]: { hops: 2n ** 62n } }],
    [
      "reserved parts not counted",
      { ...ofNamespaces(64), ...reserved },
      { ...ofNamespaces(65), ...reserved },
    ],
    ["reserved bytes not counted", { ...ofBytes(8192), ...reserved }, { ...ofBytes(8193), ...reserved }],
  ])("are those of the protocol: %s", (_, within, beyond) => {
    expect(errorOf(() => checkContext(withContext(within)))).toBe("no error");
    expect(errorOf(() => checkContext(withContext(beyond)))).toBe("LIMIT_EXCEEDED context");
  });

  it.each<[Partial<ContextLimits>, string]>([
    [{ namespaces: 1 }, "LIMIT_EXCEEDED context"],
    [{ namespaces: 2, bytes: 100 }, "no error"],
    [{ bytes: 20 }, "LIMIT_EXCEEDED context"],
    [{ hops: 2 }, "LIMIT_EXCEEDED context"],
    [{ hops: 3 }, "no error"],
  ])("may be others: %o", (limits, error) => {
    const record = withContext({ "urn:a": { b: "c" }, "urn:d": {}, [FLOW]: { hops: 3 } });

    expect(errorOf(() => checkContext(record, limits))).toBe(error);
  });

  it("hold for what is emitted", () => {
    const emit = (context: Context, limits: Partial<ContextLimits> = {}) =>
      errorOf(() => emitEvent({ name: "B" }, { service: "urn:b", record: withContext(context), limits }));

    expect(emit({ [FLOW]: { hops: 63 } })).toBe("no error");
    expect(emit({ [FLOW]: { hops: 64 } })).toBe("LIMIT_EXCEEDED context");
    expect(emit({ [FLOW]: { hops: 64 } }, { hops: 65 })).toBe("no error");
    expect(emit(ofNamespaces(65))).toBe("LIMIT_EXCEEDED context");
    expect(emit(ofBytes(8193))).toBe("LIMIT_EXCEEDED context");
    expect(emit({ [FLOW]: { hops: -1 } })).toBe(`INVALID_RECORD context["${FLOW}"].hops`);
  });
});

describe("the size of a context", () => {
  const json = fc.jsonValue({ noUnicodeString: false, maxDepth: 3 });
  const part = fc.dictionary(fc.string({ unit: "binary" }), json, { noNullPrototype: true });
  const context = fc.dictionary(fc.string({ unit: "binary" }), part, {
    noNullPrototype: true,
  }) as fc.Arbitrary<Context>;

  it("is that of its compact JSON, and never more than the cheap bound", () => {
    fc.assert(
      fc.property(context, (parts) => {
        const bytes = Buffer.byteLength(JSON.stringify(parts));

        expect(contextBytes(parts, Object.keys(parts))).toBe(bytes);
        expect(contextBytesAtMost(parts, Object.keys(parts))).toBeGreaterThanOrEqual(bytes);
      }),
    );
  });

  it.each<[Context, number]>([
    [{}, 2],
    [{ "urn:orders": { order: 42 } }, 27],
    [
      { a: { b: -(2n ** 63n), c: 1e21, d: -0, e: 2 ** 53 } },
      '{"a":{"b":-9223372036854775808,"c":1e+21,"d":0,"e":9007199254740992}}'.length,
    ],
    [{ a: { b: '\u0000\n\u2028é😀"' } }, '{"a":{"b":"\\u0000\\n'.length + 3 + 2 + 4 + '\\""}}'.length],
  ])("of %o is %d", (parts, bytes) => {
    expect(contextBytes(parts, Object.keys(parts))).toBe(bytes);
  });
});
