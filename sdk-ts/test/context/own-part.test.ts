import { describe, expect, it } from "vitest";
import { ownContext, writeOwnPart } from "../../src/context/index.js";
import { type Context, createEvent, type Data } from "../../src/record/index.js";
import { errorOf } from "../record/error-of.js";

const before: Context = { "urn:orders": { order: 42, step: 1 }, "urn:shop": { basket: null } };

describe("the own part of a service", () => {
  it("is found, or empty", () => {
    const record = createEvent({ namespace: "urn:a", name: "A", context: before });

    expect(ownContext(record, "urn:orders")).toBe(record.context["urn:orders"]);
    expect(ownContext(record, "urn:payments")).toEqual({});
    expect(ownContext(record, "constructor")).toEqual({});
  });

  it.each<[string, Data, Data | undefined]>([
    ["replaced key by key", { step: 2, by: "ada" }, { order: 42, step: 2, by: "ada" }],
    ["without the keys that are written as null", { step: null, other: null }, { order: 42 }],
    ["left out when nothing is left", { step: null, order: null }, undefined],
    ["replaced whole where a value is a map", { order: { a: null } }, { order: { a: null }, step: 1 }],
    ["as it was when nothing is written", {}, { order: 42, step: 1 }],
  ])("is %s", (_, writes, part) => {
    const after = writeOwnPart(before, "urn:orders", writes);

    expect(after["urn:orders"]).toEqual(part);
    expect(after["urn:shop"]).toBe(before["urn:shop"]);
    expect(before["urn:orders"]).toEqual({ order: 42, step: 1 });
  });

  it("begins where there was none", () => {
    expect(writeOwnPart(before, "urn:payments", { cents: 1 })).toEqual({
      ...before,
      "urn:payments": { cents: 1 },
    });
    expect(writeOwnPart(before, "urn:payments", { cents: null })).toEqual(before);
  });

  it("is left out when it was inherited empty", () => {
    expect(writeOwnPart({ "urn:a": {}, "urn:b": {} }, "urn:a", {})).toEqual({ "urn:b": {} });
  });

  it("may have any key that is no URN", () => {
    const writes = JSON.parse('{"__proto__": 1, "constructor": 2, "": 3}');
    const part = writeOwnPart(before, "urn:orders", writes)["urn:orders"] ?? {};

    expect(Object.entries(part)).toEqual([
      ["order", 42],
      ["step", 1],
      ["__proto__", 1],
      ["constructor", 2],
      ["", 3],
    ]);
    expect(
      writeOwnPart({ "urn:a": part }, "urn:a", JSON.parse('{"__proto__": null}'))["urn:a"],
    ).not.toHaveProperty(["__proto__"], 1);
  });
});

describe("other parts", () => {
  it.each([
    ["urn:orders", { "urn:shop": { basket: 1 } }],
    ["urn:orders", { "urn:shop": null }],
    ["urn:orders", { "urn:eventy:flow": { hops: 0 } }],
    ["urn:orders", { "urn:orders": { order: 1 } }],
    ["urn:eventy", { a: 1 }],
    ["urn:eventy:flow", { hops: 0 }],
  ])("are not written by %s: %o", (service, writes) => {
    expect(errorOf(() => writeOwnPart(before, service, writes))).toMatch(/^CONTEXT_VIOLATION context\["urn:/);
  });

  it("are reserved only as a whole or before a colon", () => {
    expect(writeOwnPart({}, "urn:eventyful", { a: 1 })).toEqual({ "urn:eventyful": { a: 1 } });
  });
});
