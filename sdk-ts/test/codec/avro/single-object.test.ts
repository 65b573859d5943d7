import { describe, expect, test } from "vitest";
import { AvroSchemas, avroSingleObjectCodec } from "../../../src/codec/avro/index.js";
import { fingerprint } from "../../../src/codec/avro/schema/fingerprint.js";
import { parseSchema } from "../../../src/codec/avro/schema/parse-schema.js";
import { errorOf } from "../../record/error-of.js";
import { evscOf, orderPlaced, schemasOf } from "./orders.js";

describe("fingerprints", () => {
  // From the test data of the Avro project, share/test/data/schema-tests.txt.
  test.each<[unknown, bigint]>([
    ["null", 7195948357588979594n],
    [{ type: "boolean" }, -6970731678124411036n],
    ["int", 8247732601305521295n],
    ["long", -3434872931120570953n],
    ["float", 5583340709985441680n],
    ["double", -8181574048448539266n],
    ["bytes", 5746618253357095269n],
    ["string", -8142146995180207161n],
    [[], -1241056759729112623n],
    [["int"], -5232228896498058493n],
    [["int", "boolean"], 5392556393470105090n],
  ])("are those of the specification: %j", (schema, expected) => {
    expect(BigInt.asIntN(64, fingerprint(parseSchema(schema)))).toBe(expected);
  });

  test("leave out what does not matter to a reader", () => {
    const bare = { type: "record", name: "a.b.R", fields: [{ name: "f", type: ["null", "a.b.R"] }] };
    const full = {
      fields: [{ default: null, doc: "a field", type: [{ type: "null" }, "R"], name: "f" }],
      doc: "a record",
      namespace: "a.b",
      name: "R",
      type: "record",
    };

    expect(fingerprint(parseSchema(full))).toBe(fingerprint(parseSchema(bare)));
  });
});

describe("single objects", () => {
  const codec = avroSingleObjectCodec(schemasOf());
  const bytes = codec.encode(orderPlaced());

  test("begin with a marker, by which they are recognised", () => {
    expect([...bytes.subarray(0, 2)]).toEqual([0xc3, 1]);
    expect(codec.recognises?.(bytes)).toBe(true);
    expect(codec.recognises?.(bytes.subarray(0, 1))).toBe(false);
  });

  test("of a schema that is not registered are refused, with its fingerprint", () => {
    const other = avroSingleObjectCodec(new AvroSchemas());
    const named = Buffer.from(bytes.subarray(2, 10)).reverse().toString("hex");

    expect(() => other.decode(bytes)).toThrow(`0x${named}`);
    expect(errorOf(() => other.decode(bytes))).toBe("UNKNOWN_SCHEMA");
  });

  test("of an earlier schema are read with it", () => {
    const earlier = evscOf({ name: "old", type: "int" });
    const written = avroSingleObjectCodec(schemasOf(earlier)).encode(orderPlaced({ old: 1 }));
    const both = avroSingleObjectCodec(schemasOf().register(earlier, { readOnly: true }));

    expect(both.decode(written)).toEqual(orderPlaced({ old: 1 }));
    expect(both.decode(both.encode(orderPlaced()))).toEqual(orderPlaced());
  });
});
