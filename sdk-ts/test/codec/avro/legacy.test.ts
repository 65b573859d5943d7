import avro from "avsc";
import { describe, expect, test } from "vitest";
import { AvroSchemas, avroContainerCodec, readContainer } from "../../../src/codec/avro/index.js";
import { CodecRegistry } from "../../../src/codec/index.js";
import type { EventyRecord } from "../../../src/record/index.js";
import { errorOf } from "../../record/error-of.js";
import { containerOf } from "./avsc-oracle.js";

const codec = avroContainerCodec(new AvroSchemas());
const UUID = "4770a087-16e6-4ec3-93b9-7377b34e8ece";

type Fields = { readonly [name: string]: readonly [type: avro.Schema, value: unknown] };

function legacyFile(fields: Fields, copies = 1): Uint8Array {
  const schema = {
    type: "record" as const,
    name: "OrderPlaced",
    namespace: "shop.orders",
    fields: Object.entries(fields).map(([name, [type]]) => ({ name, type })),
  };
  const values = Object.fromEntries(Object.entries(fields).map(([name, [, value]]) => [name, value]));
  return containerOf(schema, [Array(copies).fill(avro.Type.forSchema(schema).toBuffer(values))]);
}

function fail(): never {
  throw new Error("has a uuid");
}

function decode(fields: Fields): EventyRecord {
  return codec.decode(legacyFile(fields));
}

describe("records of protocol 1 and 2", () => {
  test("have the names of their schema, and data of the fields that are not the record's", () => {
    const nested = { type: "record", name: "Data", fields: [{ name: "a", type: "int" }] };
    const record = decode({
      protocol_version: ["string", "2.1.0"],
      version: ["string", "1.2.3"],
      source: ["string", "shop.front"],
      uuid: ["string", UUID],
      correlation_id: ["string", "c"],
      partition_key: [["null", "string"], "k"],
      event_timestamp: ["long", 5],
      date_iso8601: ["string", "2020-01-01T00:00:00+00:00"],
      context: [{ type: "map", values: { type: "map", values: "string" } }, { "urn:a": { b: "c" } }],
      data: [nested as avro.Schema, { a: 1 }],
      order: ["long", 42],
    });

    expect(record).toMatchObject({
      type: "EVENT",
      namespace: "urn:shop:orders",
      name: "OrderPlaced",
      protocolVersion: "2.1.0",
      version: "1.2.3",
      source: "urn:shop:front",
      uuid: UUID,
      correlationId: "c",
      partitionKey: "k",
      date: 5,
      context: { "urn:a": { b: "c" } },
    });
    expect(record.data).toEqual({ a: 1, order: 42 });
  });

  test("without anything but data are events of protocol 1, the same at each reading", () => {
    const fields: Fields = { order: ["long", 42] };

    const record = decode(fields);

    expect(record).toMatchObject({
      type: "EVENT",
      protocolVersion: "1.0.0",
      version: "1.0.0",
      source: "urn:unspecified",
      correlationId: `unspecified:OrderPlaced:${record.uuid}`,
      partitionKey: null,
      date: 0,
      context: {},
      data: { order: 42 },
    });
    expect(decode(fields)).toEqual(record);
    expect(decode({ order: ["long", 43] }).uuid).not.toBe(record.uuid);
  });

  test("that are equal in one file are different records", () => {
    const uuids = [...readContainer(legacyFile({ order: ["long", 42] }, 3))].map(({ uuid }) => uuid);

    expect(new Set(uuids).size).toBe(3);
  });

  test("have the uuid that is given for those without one", () => {
    const bytes = legacyFile({ order: ["long", 42] });
    const codecs = new CodecRegistry(codec);

    expect(codecs.decode(bytes, { missingUuid: () => UUID }).uuid).toBe(UUID);
    expect(codecs.decode(legacyFile({ uuid: ["string", UUID] }), { missingUuid: fail }).uuid).toBe(UUID);
  });

  test.each<[string, Fields, number]>([
    ["the first timestamp", { event_timestamp: ["long", 9], timestamp_ms: ["long", 1] }, 1],
    [
      "a timestamp before a text",
      { date_iso: ["string", "2020-01-01T00:00:00Z"], date_timestamp: ["long", 1] },
      1,
    ],
    ["a text", { date_iso: ["string", "1970-01-01T01:00:00.001+01:00"] }, 1],
    ["a text without an offset as UTC", { date_iso8601: ["string", "1970-01-01T00:00:00.001234"] }, 1],
    ["a fraction rounded down", { timestamp: ["double", -0.5] }, -1],
  ])("take their date from %s", (_, fields, date) => {
    const record = decode(fields);

    expect(record.date).toBe(date);
    expect(record.data).toEqual({});
  });

  test("that say what no record says are refused", () => {
    expect(errorOf(() => decode({ type: ["string", "COMMAND"] }))).toBe("INVALID_RECORD type");
    expect(errorOf(() => decode({ data: ["string", "x"] }))).toBe("INVALID_RECORD data");
    expect(errorOf(() => decode({ date_iso: ["string", "yesterday"] }))).toMatch(/^INVALID_RECORD/);
  });
});

describe("records of other protocols", () => {
  test("of a later major are refused", () => {
    expect(errorOf(() => decode({ protocol_version: ["string", "4.0.0"] }))).toBe(
      "UNSUPPORTED_VERSION protocol_version",
    );
  });

  test("of protocol 3 without their names have those of their schema", () => {
    const text = (value: string) => ["string", value] as const;
    const record = decode({
      type: text("EVENT"),
      protocol_version: text("3.0.0"),
      version: text("1.0.0"),
      source: text("urn:shop"),
      uuid: text(UUID),
      correlation_id: text("c"),
      partition_key: ["null", null],
      date_timestamp: ["long", 0],
      date_iso8601: text("1970-01-01T00:00:00+00:00"),
      context: [{ type: "map", values: "null" }, {}],
      data: [{ type: "map", values: "int" }, { a: 1 }],
      added_later: ["int", 1],
    });

    expect(record).toMatchObject({ namespace: "urn:shop:orders", name: "OrderPlaced", data: { a: 1 } });
    expect(record.unknownFields).toEqual({ added_later: 1 });
  });
});
