import { deflateRawSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { avroContainerCodec, avroSingleObjectCodec, readContainer } from "../../../src/codec/avro/index.js";
import { evscToAvro } from "../../../src/codec/avro/schema/evsc.js";
import { createResponse, writeWire } from "../../../src/record/index.js";
import { errorOf } from "../../record/error-of.js";
import { file, long, SYNC, text, write } from "./kit.js";
import { evscOf, orderPlaced, schemasOf } from "./orders.js";

const FIELDS = [
  { name: "order", type: "long" },
  { name: "rate", type: ["null", "double"] },
  { name: "raw", type: "bytes" },
  { name: "__proto__", type: { type: "map", values: ["null", "string"] } },
];
const DATA = JSON.parse('{"order":0,"rate":0.5,"__proto__":{"__proto__":"x","é":null}}');
const EVENT = orderPlaced(
  { ...DATA, order: 2n ** 63n - 1n, raw: Uint8Array.of(1) },
  { "urn:shop": { a: 1, b: 0.1, c: null } },
);
const EVSC = evscOf(...FIELDS);
const schemas = schemasOf(EVSC);
const AVRO = evscToAvro(EVSC);
const DATUM = write(AVRO, writeWire(EVENT, "avro"));
const container = avroContainerCodec(schemas);
const singleObject = avroSingleObjectCodec(schemas);

test("a response may have no data, or those of the schema", () => {
  const receipt = { name: "receipt", type: ["null", "string"] };
  const codec = avroContainerCodec(schemasOf({ ...evscOf(receipt), type: "RESPONSE" }));
  for (const data of [{}, { receipt: "x" }, { receipt: null }]) {
    const { namespace, name } = EVENT;
    const response = createResponse({
      namespace,
      name,
      destination: "urn:shop",
      requestUuid: EVENT.uuid,
      ok: true,
      data,
    });
    expect(codec.decode(codec.encode(response)).data).toEqual(data);
  }
});

describe("a numeric value that is not finite", () => {
  test.each([Number.NaN, Infinity, -Infinity])("%s is none of a record", (value) => {
    const schema = evscToAvro(evscOf({ name: "v", type: "double" }));
    const double = Buffer.alloc(8);
    double.writeDoubleLE(value);
    const head = write(schema, writeWire(orderPlaced({ v: 0 }), "avro")).subarray(0, -8);
    const bytes = file(schema, [[1, Buffer.concat([head, double])]]);
    expect(errorOf(() => container.decode(bytes))).toBe("INVALID_RECORD data.v");
  });
});

describe("the blocks of a file", () => {
  test.each<[string, string, Buffer]>([
    [
      "no error",
      "without a record among others",
      file(AVRO, [
        [0, Buffer.alloc(0)],
        [1, DATUM],
        [0, Buffer.alloc(0)],
      ]),
    ],
    ["no error", "that are deflated", file(AVRO, [[1, deflateRawSync(DATUM)]], "deflate")],
    ["INVALID_RECORD", "without any record", file(AVRO, [[0, Buffer.alloc(0)]])],
    ["INVALID_RECORD", "with two records", file(AVRO, [[2, Buffer.concat([DATUM, DATUM])]])],
    [
      "INVALID_RECORD",
      "with a record each",
      file(AVRO, [
        [1, DATUM],
        [1, DATUM],
      ]),
    ],
    ["INVALID_RECORD", "of texts", file("string", [[1, text("x")]])],
    ["MALFORMED", "with more bytes than records", file(AVRO, [[1, Buffer.concat([DATUM, DATUM])]])],
    ["MALFORMED", "with a negative count", file(AVRO, [[-1, DATUM]])],
    ["INVALID_SCHEMA", "of an unknown type", file("unknown", [[1, DATUM]])],
    ["UNKNOWN_ENCODING", "compressed in an unknown way", file(AVRO, [[1, DATUM]], "zstandard")],
    ["MALFORMED", "of a file without a schema", Buffer.concat([Buffer.from("Obj\u0001"), long(0), SYNC])],
  ])("%s %s", (expected, _, bytes) => {
    expect(errorOf(() => container.decode(bytes))).toBe(expected);
  });

  test("are bounded by the limit that the user sets", () => {
    const bytes = file(AVRO, [[1, deflateRawSync(DATUM)]], "deflate");
    expect(errorOf(() => avroContainerCodec(schemas, { maxBlockBytes: 10 }).decode(bytes))).toBe(
      "LIMIT_EXCEEDED",
    );
  });

  test("give all their records to readContainer, up to a defect", () => {
    const blocks = [
      [2, Buffer.concat([DATUM, DATUM])],
      [0, Buffer.alloc(0)],
      [1, DATUM],
    ] as const;
    expect([...readContainer(file(AVRO, blocks))]).toHaveLength(3);
    const defective = file(AVRO, [...blocks, [1, Buffer.alloc(3)]]);
    const found: string[] = [];
    const drain = (): void => {
      for (const record of readContainer(defective)) found.push(record.uuid);
    };
    expect(errorOf(drain)).toMatch(/^MALFORMED/);
    expect(found).toHaveLength(3);
  });
});

describe("a single object", () => {
  test("has no records of protocol 2", () => {
    const datum = write(AVRO, { ...writeWire(EVENT, "avro"), protocol_version: "2.0.0" });
    const bytes = Buffer.concat([singleObject.encode(EVENT).subarray(0, 10), datum]);
    expect(errorOf(() => singleObject.decode(bytes))).toBe("UNSUPPORTED_VERSION protocol_version");
  });
});
