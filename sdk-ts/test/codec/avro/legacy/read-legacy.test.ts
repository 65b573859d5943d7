import { v5 } from "uuid";
import { describe, expect, test } from "vitest";
import { AvroSchemas, avroContainerCodec, readContainer } from "../../../../src/codec/avro/index.js";
import type { EventyRecord } from "../../../../src/record/index.js";
import { errorOf } from "../../../record/error-of.js";
import { file, long, SYNC, write } from "../kit.js";

const UUID = "6ba7b810-9dad-41d1-80b4-00c04fd430c8";
const NAMESPACE = v5("urn:eventy:legacy", v5.URL);
const CONTEXT = { type: "map", values: { type: "map", values: ["string", "long", "null"] } };
const OPTIONAL = ["null", "string"];

type Fields = { readonly [name: string]: readonly [type: unknown, value: unknown] };

function schemaOf(fields: Fields, header: object = { name: "Placed", namespace: "com.example" }): object {
  return {
    type: "record",
    ...header,
    fields: Object.entries(fields).map(([name, [type]]) => ({ name, type })),
  };
}

function fileOf(fields: Fields, header?: object): Buffer {
  const schema = schemaOf(fields, header);
  const value = Object.fromEntries(Object.entries(fields).map(([name, [, member]]) => [name, member]));
  return file(schema, [[1, write(schema, value)]]);
}

function read(fields: Fields, header?: object): EventyRecord {
  return avroContainerCodec(new AvroSchemas()).decode(fileOf(fields, header));
}

function uuidOf(index: number, datum: Uint8Array): string {
  const place = Buffer.alloc(8);
  place.writeBigUInt64BE(BigInt(index));
  return v5(Buffer.concat([SYNC, place, datum]), NAMESPACE);
}

test("a record that says nothing of itself", () => {
  const uuid = uuidOf(0, long(42));
  const record = read({ order: ["long", 42] });
  expect({ ...record }).toEqual({
    type: "EVENT",
    namespace: "urn:com:example",
    name: "Placed",
    protocolVersion: "1.0.0",
    version: "1.0.0",
    source: "urn:unspecified",
    uuid,
    correlationId: `unspecified:Placed:${uuid}`,
    partitionKey: null,
    date: 0,
    context: {},
    data: { order: 42 },
  });
});

test("a record that says all", () => {
  const record = read({
    type: ["string", "REQUEST"],
    protocol_version: ["string", "2.1.0"],
    version: ["string", "4.5.6"],
    source: ["string", "com.example.shop"],
    uuid: ["string", `{${UUID.toUpperCase()}}`],
    correlation_id: [OPTIONAL, null],
    partition_key: ["string", ""],
    context: [CONTEXT, { "not a urn": { a: 1 } }],
    timestamp_ms: ["double", -0.5],
    date_iso: ["string", "ignored"],
    data: [
      { type: "map", values: "long" },
      { a: 1, order: 1 },
    ],
    order: ["long", 42],
    destination: ["string", "x"],
    __proto__x: ["int", 1],
  });
  expect({ ...record }).toMatchObject({
    type: "REQUEST",
    protocolVersion: "2.1.0",
    version: "4.5.6",
    source: "urn:com:example:shop",
    uuid: UUID,
    correlationId: `com:example:shop:Placed:${UUID}`,
    partitionKey: "",
    context: { "not a urn": { a: 1 } },
    date: -1,
    data: { a: 1, order: 42, destination: "x", __proto__x: 1 },
  });
});

test("null is as none for uuid, correlation id, partition key and context", () => {
  const record = read({
    uuid: [OPTIONAL, null],
    correlation_id: [OPTIONAL, null],
    partition_key: [OPTIONAL, null],
    context: [["null", CONTEXT], null],
  });
  expect(record.correlationId).toBe(`unspecified:Placed:${record.uuid}`);
  expect([record.partitionKey, record.context]).toEqual([null, {}]);
});

describe("the date", () => {
  test.each<[string, Fields, number]>([
    ["a text", { date_iso: ["string", "2024-02-29T12:34:56.9999+02:00"] }, 1709202896999],
    ["a text without an offset", { date_iso8601: ["string", "2024-02-29T10:34:56"] }, 1709202896000],
    ["the first number", { event_timestamp: ["long", 3], date_timestamp: ["long", 2] }, 2],
  ])("is %s", (_, fields, date) => {
    expect(read(fields).date).toBe(date);
  });
});

test.each([
  [{ name: "Placed" }, "urn:unspecified"],
  [{ name: "a.b.Placed" }, "urn:a:b"],
  [{ name: "Placed", namespace: "urn.orders" }, "urn:orders"],
])("the schema %j is in %s", (header, namespace) => {
  expect(read({}, header)).toMatchObject({ namespace, name: "Placed" });
});

test("records of one file without uuid have one each, the same at every reading", () => {
  const schema = schemaOf({ order: ["long", 1] });
  const bytes = file(schema, [
    [2, Buffer.concat([long(1), long(1)])],
    [1, long(1)],
  ]);
  const expected = [0, 1, 2].map((index) => uuidOf(index, long(1)));
  expect(Array.from(readContainer(bytes), ({ uuid }) => uuid)).toEqual(expected);
});

test.each<[string, Fields]>([
  ["type", { type: ["string", "COMMAND"] }],
  ["type", { type: ["string", "RESPONSE"], protocol_version: ["string", "2.0.0"] }],
  ["type", { type: [OPTIONAL, null] }],
  ["version", { version: ["string", "1.2"] }],
  ["version", { version: [OPTIONAL, null] }],
  ["protocol_version", { protocol_version: [OPTIONAL, null] }],
  ["source", { source: ["long", 5] }],
  ["source", { source: [OPTIONAL, null] }],
  ["uuid", { uuid: ["string", "nope"] }],
  ["uuid", { uuid: ["long", 5] }],
  ["context", { context: [{ type: "map", values: "long" }, { a: 1 }] }],
  ["date", { timestamp: ["string", "1"] }],
  ["date", { timestamp: [OPTIONAL, null] }],
  ["date", { timestamp: ["long", 253402300800000] }],
  ["date_iso8601", { date_iso: ["string", "yesterday"] }],
  ["date_iso8601", { date_iso: ["long", 5] }],
  ["data", { data: [{ type: "array", items: "long" }, []] }],
  ["data", { data: [OPTIONAL, null] }],
])("INVALID_RECORD %s", (place, fields) => {
  const found = errorOf(() => read(fields));
  expect(found).toMatch(/^INVALID_RECORD /);
  expect(found).toContain(place);
});
