import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { plainRecord } from "../../src/cases/plain-record.js";
import { firstDifference, valueDifference } from "../../src/checker/index.js";
import { EntrySchema, MapSchema } from "../../src/gen/proto/eventy/v3/value_pb.js";
import {
  contextEntry,
  doubleValue,
  integerValue,
  mapValue,
  type Plain,
  toMap,
  toValue,
} from "../../src/oracle/values.js";

const WIDE = 2n ** 53n;

describe("valueDifference", () => {
  it.each<[string, Plain, Plain]>([
    ["an integer and a double below 2^53", integerValue(1n), doubleValue(1)],
    ["the largest of them", integerValue(WIDE - 1n), doubleValue(2 ** 53 - 1)],
    ["zero of either sign", doubleValue(0), doubleValue(-0)],
    ["a negative zero and an integer", integerValue(0n), doubleValue(-0)],
    ["maps in another order", { a: 1, b: [2, null] }, { b: [2, null], a: 1 }],
    ["bytes", new Uint8Array([1, 2]), Buffer.from([1, 2])],
  ])("takes for the same: %s", (_, one, other) => {
    expect(valueDifference(toValue(one), toValue(other), "v")).toBeUndefined();
    expect(valueDifference(toValue(other), toValue(one), "v")).toBeUndefined();
  });

  it.each<[string, Plain, Plain, string]>([
    ["an integer and a double of 2^53", integerValue(WIDE), doubleValue(2 ** 53), "v"],
    ["integers that are one double", integerValue(WIDE + 1n), integerValue(WIDE), "v"],
    ["a number and a text", 1, "1", "v"],
    ["null and false", null, false, "v"],
    ["bytes and a text", new Uint8Array([0x61]), "a", "v"],
    ["an empty list and an empty map", [], {}, "v"],
    ["null and nothing", { a: null }, {}, "v.a"],
    ["lists of another length", [1], [1, 2], "v[1]"],
    ["texts that look the same", { "e\u0301": "\u00e9" }, { "e\u0301": "e\u0301" }, 'v["e\u0301"]'],
    ["something deep", { lines: [{}, { "a b": 1 }] }, { lines: [{}, { "a b": 2 }] }, 'v.lines[1]["a b"]'],
    ["the key __proto__", new Map([["__proto__", 1]]), {}, "v.__proto__"],
  ])("tells apart: %s", (_, one, other, path) => {
    expect(valueDifference(toValue(one), toValue(other), "v")?.path).toBe(path);
    expect(valueDifference(toValue(other), toValue(one), "v")?.path).toBe(path);
  });

  it("takes the last of equal keys", () => {
    const entries = [1, 2].map((number) => create(EntrySchema, { key: "a", value: toValue(number) }));
    const twice = mapValue(create(MapSchema, { entries }));
    expect(valueDifference(toValue({ a: 2 }), twice, "v")).toBeUndefined();
  });
});

describe("firstDifference", () => {
  it("says where two records differ, and how", () => {
    const other = plainRecord();
    other.date += 1n;
    expect(firstDifference(plainRecord(), other)).toEqual({
      path: "date",
      expected: "1709202896999",
      actual: "1709202897000",
    });
    expect(firstDifference(plainRecord(), other, ["date"])).toBeUndefined();
  });

  it("keeps an empty partition key and none apart", () => {
    const [empty, none] = [plainRecord(), plainRecord()];
    empty.partitionKey = "";
    delete none.partitionKey;
    expect(firstDifference(empty, none)).toEqual({
      path: "partition_key",
      expected: '""',
      actual: "nothing",
    });
  });

  it("compares contexts by namespace, and an empty part is one", () => {
    const other = plainRecord();
    other.context = [contextEntry("urn:a", toMap({}))];
    expect(firstDifference(plainRecord(), other)?.path).toBe('context["urn:a"]');
    expect(firstDifference(plainRecord(), other, ['context["urn:a"]'])).toBeUndefined();
  });

  it("takes no payload for an empty one", () => {
    const none = plainRecord({});
    none.payload = { case: undefined };
    expect(firstDifference(plainRecord({}), none)).toBeUndefined();
    expect(firstDifference(plainRecord({ order: 42 }), none)?.path).toBe("data.order");
  });
});
