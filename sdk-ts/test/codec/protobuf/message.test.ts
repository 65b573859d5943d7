import { isDeepStrictEqual } from "node:util";
import { type DescMessage, fromBinary, toBinary } from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { protobufCodec } from "../../../src/codec/protobuf/index.js";
import { RecordSchema } from "../../../src/gen/proto/eventy/v3/record_pb.js";
import { createEvent, type Data, EventyError } from "../../../src/record/index.js";
import { errorOf } from "../../record/error-of.js";
import { Old, ORDER, Order } from "./orders.js";
import { bytesOf, EVENT } from "./records.js";

const codec = protobufCodec({ types: { "urn:orders:OrderPlaced": Order, "urn:orders:OldPlaced": Old } });

function encode(data: Data, name = "OrderPlaced"): Uint8Array {
  return codec.encode(createEvent({ namespace: "urn:orders", name, data }));
}

function decodeMessage(value: Uint8Array, name = "OrderPlaced", typeName = "shop.Order"): Data {
  const message = { typeUrl: `type.googleapis.com/${typeName}`, value };
  return codec.decode(bytesOf({ ...EVENT, name, payload: { case: "message", value: message } })).data;
}

/** The bytes of the user's message in a record. */
function messageBytes(bytes: Uint8Array): Uint8Array {
  const { payload } = fromBinary(RecordSchema, bytes);
  if (payload.case !== "message") throw new Error(`the record has ${payload.case}`);
  return payload.value.value;
}

const full: Data = {
  order_id: -(2n ** 63n),
  state: "STATE_PAID",
  lines: [{ sku: "\ufeffa" }, { sku: "", line: { sku: "b" } }],
  weights: [0.1, 5e-324],
  tags: ["", "😀"],
  stock: JSON.parse('{"__proto__": 1, "constructor": -2, "": 0}'),
  note: "",
  card: { sku: "c" },
  scan: Uint8Array.of(0, 255),
  ratio: 0.5,
  ref: 2n ** 64n - 1n,
  places: { "-9223372036854775808": { sku: "d" }, "0": { sku: "" } },
  small: -(2 ** 31),
};

const int64 = fc
  .bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })
  .map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value));
const { line } = fc.letrec<{ line: Data }>((tie) => ({
  line: fc.record(
    { sku: fc.string({ unit: "binary" }), line: tie("line") as fc.Arbitrary<Data> },
    {
      requiredKeys: ["sku"],
    },
  ),
}));
const order = fc.record(
  {
    order_id: int64,
    state: fc.constantFrom("STATE_UNSPECIFIED", "STATE_PAID", 7),
    lines: fc.array(line, { maxLength: 3 }),
    weights: fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 3 }),
    tags: fc.array(fc.string(), { maxLength: 3 }),
    stock: fc.dictionary(fc.string(), fc.integer(), { maxKeys: 3, noNullPrototype: true }),
    note: fc.string(),
    cash: fc.boolean(),
    scan: fc.uint8Array({ maxLength: 4 }),
    ratio: fc.float({ noNaN: true, noDefaultInfinity: true }),
    ref: fc.maxSafeNat(),
    places: fc.dictionary(int64.map(String), line, { maxKeys: 2, noNullPrototype: true }),
    small: fc.integer(),
  },
  {
    requiredKeys: [
      "order_id",
      "state",
      "lines",
      "weights",
      "tags",
      "stock",
      "scan",
      "ratio",
      "ref",
      "places",
      "small",
    ],
  },
);

describe("data as a user's message", () => {
  it.each<[string, Data]>([
    ["empty", ORDER],
    ["full", full],
  ])("is read as it was written: %s", (_, data) => {
    expect(
      isDeepStrictEqual(codec.decode(encode(data)).data, createEvent({ ...EVENT, date: 0, data }).data),
    ).toBe(true);
  });

  it("is read as it was written", () => {
    fc.assert(
      fc.property(order, (data) => {
        const record = createEvent({ namespace: "urn:orders", name: "OrderPlaced", data });
        expect(new Map(Object.entries(codec.decode(codec.encode(record)).data))).toEqual(
          new Map(Object.entries(record.data)),
        );
      }),
    );
  });

  it("is what the Protobuf library reads, and writes in the same bytes", () => {
    const { stock: _, ...rest } = full;
    const bytes = messageBytes(encode({ ...rest, stock: { a: 1 }, lines: [{ sku: "a" }] }));

    expect(readAndWritten(Order, bytes)).toEqual(
      messageBytes(encode(decodeMessage(readAndWritten(Order, bytes)))),
    );
  });

  it("of another record is values by key", () => {
    expect(codec.decode(encode({ any: ["thing"] }, "Other")).data).toEqual({ any: ["thing"] });
  });

  it("may be of proto2, with groups", () => {
    const bytes = messageBytes(encode({ id: 0, part: { text: "x" } }, "OldPlaced"));

    expect(readAndWritten(Old, bytes)).toEqual(bytes);
    expect(decodeMessage(bytes, "OldPlaced", "shop.Old")).toEqual({ id: 0, part: { text: "x" } });
  });

  it.each<[string, Data]>([
    ["data.order_id", { order_id: 2n ** 63n }],
    ["data.order_id", { order_id: 1.5 }],
    ["data.order_id", { order_id: null }],
    ["data.order_id", { order_id: "1" }],
    ["data.state", { state: "STATE_LOST" }],
    ["data.state", { state: 1 }],
    ["data.lines", { lines: {} }],
    ["data.lines[0].sku", { lines: [{}] }],
    ["data.lines[1]", { lines: [{ sku: "" }, null] }],
    ["data.lines[0].line.color", { lines: [{ sku: "", line: { sku: "", color: 1 } }] }],
    ["data.tags[0]", { tags: [1] }],
    ["data.stock", { stock: [] }],
    ["data.stock.a", { stock: { a: 2 ** 31 } }],
    ["data.note", { note: null }],
    ["data", { cash: true, card: { sku: "" } }],
    ["data.scan", { scan: "AA==" }],
    ["data.ratio", { ratio: 0.1 }],
    ["data.weights[0]", { weights: [2n ** 53n + 1n] }],
    ["data.ref", { ref: -1 }],
    ['data.places["01"]', { places: { "01": { sku: "" } } }],
    ["data.places.x", { places: { x: { sku: "" } } }],
    ["data.small", { small: 2 ** 31 }],
    ["data.extra", { extra: 1 }],
  ])("is refused, not changed, where a field cannot carry it: %s in %o", (path, changes) => {
    expect(errorOf(() => encode({ ...ORDER, ...changes }))).toBe(`UNENCODABLE ${path}`);
  });

  it("is refused where a field without presence is not there", () => {
    const { order_id: _, ...rest } = ORDER;

    expect(errorOf(() => encode(rest))).toBe("UNENCODABLE data.order_id");
    expect(errorOf(() => encode({}, "OldPlaced"))).toBe("UNENCODABLE data.id");
  });
});

describe("a user's message", () => {
  const line = (...bytes: number[]): number[] => [26, bytes.length, ...bytes];

  it.each<[string, number[], Data]>([
    ["absent fields", [], {}],
    ["unknown fields", [0xa0, 6, 1], {}],
    [
      "lists not packed, and packed in parts",
      [33, ...doubleBytes(1), 34, 8, ...doubleBytes(2)],
      { weights: [1, 2] },
    ],
    ["the last of a oneof", [64, 1, 74, 0], { card: { sku: "" } }],
    [
      "a message that stands twice",
      [74, 3, 10, 1, 97, 74, 2, 18, 0],
      { card: { sku: "a", line: { sku: "" } } },
    ],
    [
      "map entries without key and value",
      [50, 0, 106, 0],
      { stock: { "": 0 }, places: { "0": { sku: "" } } },
    ],
    ["an enum value without a name", [16, 9], { state: 9 }],
    ["a line", line(10, 1, 98), { lines: [{ sku: "b" }] }],
  ])("is read: %s", (_, bytes, changes) => {
    expect(decodeMessage(Uint8Array.from(bytes))).toEqual({ ...ORDER, ...changes });
  });

  it.each<[string, number[]]>([
    ["MALFORMED", [8]],
    ["MALFORMED data", [10, 0]],
    ["MALFORMED", [26, 9, 10]],
    ["MALFORMED", line(10, 5, 97, 98)],
    ["MALFORMED", [42, 1, 0xff]],
    ["MALFORMED", [34, 7, 0, 0, 0, 0, 0, 0, 0]],
    ["INVALID_RECORD data.weights[0]", [33, 0, 0, 0, 0, 0, 0, 0xf8, 0x7f]],
  ])("is refused: %s for %o", (error, bytes) => {
    expect(errorOf(() => decodeMessage(Uint8Array.from(bytes)))).toBe(error);
  });

  it("is refused where its type is not that of the record", () => {
    const value = new Uint8Array();

    expect(errorOf(() => decodeMessage(value, "Other"))).toBe("UNKNOWN_SCHEMA data");
    expect(errorOf(() => decodeMessage(value, "OrderPlaced", "shop.Old"))).toBe("UNKNOWN_SCHEMA data");
    expect(errorOf(() => decodeMessage(value, "OldPlaced", "shop.Old"))).toBe("INVALID_RECORD data");
  });

  it("may be nested as deep as values, and no deeper", () => {
    // The card is the second level.
    expect(errorOf(() => decodeMessage(nestedCard(126)))).toBe("no error");
    expect(errorOf(() => decodeMessage(nestedCard(127)))).toBe("LIMIT_EXCEEDED");
    expect(errorOf(() => decodeMessage(nestedCard(50_000)))).toBe("LIMIT_EXCEEDED");
  });

  it("of any bytes gives data or an EventyError", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 60 }),
        fc.constantFrom<[string, string]>(["OrderPlaced", "shop.Order"], ["OldPlaced", "shop.Old"]),
        (bytes, [name, type]) => {
          try {
            const data = decodeMessage(bytes, name, type);
            expect(isDeepStrictEqual(codec.decode(encode(data, name)).data, data)).toBe(true);
          } catch (error) {
            if (!(error instanceof EventyError)) throw error;
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

function readAndWritten(type: DescMessage, bytes: Uint8Array): Uint8Array {
  return toBinary(type, fromBinary(type, bytes));
}

function doubleBytes(value: number): number[] {
  return [...new Uint8Array(Float64Array.of(value).buffer)];
}

/** An order with a card in which so many lines are nested. */
function nestedCard(lines: number): Uint8Array {
  const headers: number[][] = [];
  let length = 0;
  for (let line = 0; line <= lines; line++) {
    const header = [line === lines ? 74 : 18];
    for (let rest = length; ; rest >>>= 7) {
      header.push(rest > 127 ? (rest & 127) | 128 : rest);
      if (rest <= 127) break;
    }
    headers.push(header);
    length += header.length;
  }
  return Uint8Array.from(headers.reverse().flat());
}
