import type { MessageInitShape } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { describe, expect, it } from "vitest";
import { protobufCodec } from "../../../src/codec/protobuf/index.js";
import { RecordType } from "../../../src/gen/proto/eventy/v3/options_pb.js";
import type { RecordSchema } from "../../../src/gen/proto/eventy/v3/record_pb.js";
import type { ValueSchema } from "../../../src/gen/proto/eventy/v3/value_pb.js";
import { errorOf } from "../../record/error-of.js";
import { bytesOf, EVENT, eventWithField, UUID } from "./records.js";

type RecordInit = MessageInitShape<typeof RecordSchema>;
type ValueInit = MessageInitShape<typeof ValueSchema>;

const { decode, recognises } = protobufCodec();
const DATA = 17;

function decodeWith(changes: RecordInit): ReturnType<typeof decode> {
  return decode(bytesOf({ ...EVENT, ...changes }));
}

function withValue(value: ValueInit): RecordInit {
  return { payload: { case: "data", value: { entries: [{ key: "x", value }] } } };
}

/** Data `{x: …}` whose value is the given bytes of a Value. */
function withValueBytes(value: Uint8Array): Uint8Array {
  const entry = new BinaryWriter().tag(1, WireType.LengthDelimited).string("x");
  entry.tag(2, WireType.LengthDelimited).bytes(value);
  return eventWithField(
    DATA,
    new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(entry.finish()).finish(),
  );
}

describe("the envelope", () => {
  it("is read, absent fields with their defaults", () => {
    expect(decode(bytesOf(EVENT))).toMatchObject({
      ...EVENT,
      type: "EVENT",
      date: 1_709_202_896_999,
      partitionKey: null,
      context: {},
      data: {},
    });
  });

  it("of a response has its own fields", () => {
    const response = { type: RecordType.RESPONSE, destination: "urn:shop", requestUuid: UUID };
    const empty = { ok: false, errorCode: null, errorMessage: null };
    const full = { ok: true, errorCode: -7, errorMessage: "" };

    expect(decodeWith(response)).toMatchObject({ destination: "urn:shop", requestUuid: UUID, ...empty });
    expect(decodeWith({ ...response, ...full })).toMatchObject(full);
  });

  it.each<[string, RecordInit]>([
    ["INVALID_RECORD type", { type: RecordType.UNSPECIFIED }],
    ["INVALID_RECORD type", { type: 4 as RecordType }],
    ["INVALID_RECORD namespace", { namespace: "" }],
    ["INVALID_RECORD uuid", { uuid: "" }],
    ["INVALID_RECORD version", { version: "" }],
    ["INVALID_RECORD date", { date: 253_402_300_800_000n }],
    ["INVALID_RECORD date", { date: -(2n ** 63n) }],
    ["INVALID_RECORD protocol_version", { protocolVersion: "" }],
    ["UNSUPPORTED_VERSION protocol_version", { protocolVersion: "2.9.0" }],
    [
      "UNSUPPORTED_VERSION protocol_version",
      { protocolVersion: "4.0.0", type: RecordType.UNSPECIFIED, uuid: "" },
    ],
    ["INVALID_RECORD destination", { destination: "urn:shop" }],
    ["INVALID_RECORD ok", { ok: true }],
    ["INVALID_RECORD error_message", { errorMessage: "" }],
  ])("%s: %o", (error, changes) => {
    expect(errorOf(() => decodeWith(changes))).toBe(error);
  });

  it("says its version before anything else is understood", () => {
    const broken = Uint8Array.of(0xff, 0xff);
    const bytes = Buffer.concat([bytesOf({ ...EVENT, protocolVersion: "4.0.0" }), broken]);

    expect(errorOf(() => decode(bytes))).toBe("UNSUPPORTED_VERSION protocol_version");
  });

  it("may have its fields in any order, and unknown ones", () => {
    const unknown = new BinaryWriter().tag(99, WireType.StartGroup).tag(1, WireType.Bit64).double(1);
    unknown
      .tag(99, WireType.EndGroup)
      .tag(100, WireType.Varint)
      .uint64(2n ** 64n - 1n);
    const first = new BinaryWriter().tag(DATA, WireType.LengthDelimited).bytes(new Uint8Array()).finish();

    expect(decode(Buffer.concat([unknown.finish(), first, bytesOf(EVENT)])).data).toEqual({});
  });

  it("has the last context part of a namespace, and an empty one without values", () => {
    const entries = [{ key: "a", value: { kind: { case: "boolean" as const, value: true } } }];
    const context = [
      { namespace: "urn:a", values: { entries } },
      { namespace: "urn:a", values: {} },
      { namespace: "urn:b" },
      { namespace: "__proto__", values: { entries } },
    ];

    expect(Object.entries(decodeWith({ context }).context)).toEqual([
      ["urn:a", {}],
      ["urn:b", {}],
      ["__proto__", { a: true }],
    ]);
  });
});

describe("values", () => {
  it.each<[ValueInit["kind"], unknown]>([
    [{ case: "null", value: 0 }, null],
    [{ case: "boolean", value: false }, false],
    [{ case: "integer", value: -1n }, -1],
    [{ case: "integer", value: 2n ** 31n }, 2 ** 31],
    [{ case: "integer", value: 2n ** 53n - 1n }, 2 ** 53 - 1],
    [{ case: "integer", value: 2n ** 53n }, 2n ** 53n],
    [{ case: "integer", value: -(2n ** 63n) }, -(2n ** 63n)],
    [{ case: "double", value: 1 }, 1],
    [{ case: "double", value: 2 ** 63 }, 2 ** 63],
    [{ case: "string", value: "\ufeff\u0000é😀" }, "\ufeff\u0000é😀"],
    [{ case: "bytes", value: Uint8Array.of(0, 255) }, Uint8Array.of(0, 255)],
    [{ case: "list", value: {} }, []],
    [{ case: "map", value: {} }, {}],
  ])("%o", (kind, value) => {
    expect(decodeWith(withValue({ kind: kind ?? { case: undefined } })).data["x"]).toStrictEqual(value);
  });

  it.each<[string, ValueInit]>([
    ["INVALID_RECORD data.x", {}],
    ["INVALID_RECORD data.x", { kind: { case: "double", value: Number.NaN } }],
    ["INVALID_RECORD data.x", { kind: { case: "double", value: Number.POSITIVE_INFINITY } }],
    [
      "INVALID_RECORD data.x[1]",
      { kind: { case: "list", value: { values: [{ kind: { case: "null", value: 0 } }, {}] } } },
    ],
    ["INVALID_RECORD data.x.y", { kind: { case: "map", value: { entries: [{ key: "y" }] } } }],
  ])("%s: %o", (error, value) => {
    expect(errorOf(() => decodeWith(withValue(value)))).toBe(error);
  });

  it("are no bytes in a context", () => {
    const values = {
      entries: [{ key: "x", value: { kind: { case: "bytes" as const, value: Uint8Array.of(1) } } }],
    };

    expect(errorOf(() => decodeWith({ context: [{ namespace: "urn:a", values }] }))).toBe(
      'INVALID_RECORD context["urn:a"].x',
    );
  });

  it("survive under any key, the last of one key counting", () => {
    const value = (text: string): ValueInit => ({ kind: { case: "string", value: text } });
    const keys = ["__proto__", "constructor", "", "__proto__"];
    const entries = keys.map((key, index) => ({ key, value: value(String(index)) }));
    const { data } = decodeWith({ payload: { case: "data", value: { entries } } });

    expect(Object.entries(data)).toEqual([
      ["__proto__", "3"],
      ["constructor", "1"],
      ["", "2"],
    ]);
    expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
  });

  it("that stand twice are merged, as everywhere in Protobuf", () => {
    const list = (value: number): Uint8Array => Uint8Array.of(58, 4, 10, 2, 24, value);

    expect(decode(withValueBytes(Buffer.concat([list(2), list(4)]))).data).toEqual({ x: [1, 2] });
    expect(decode(withValueBytes(Buffer.concat([list(2), Uint8Array.of(16, 1), list(4)]))).data).toEqual({
      x: [2],
    });
  });

  it("do not share memory with the bytes they were read from", () => {
    const bytes = bytesOf({ ...EVENT, ...withValue({ kind: { case: "bytes", value: Uint8Array.of(7) } }) });
    const { data } = decode(Buffer.from(bytes.buffer));
    bytes.fill(0);

    expect(data["x"]).toStrictEqual(Uint8Array.of(7));
  });
});

describe("bytes that are not a message", () => {
  it.each<[string, number[]]>([
    ["a tag without its value", [8]],
    ["a field number 0", [0, 1]],
    ["a tag of more than 32 bits", [0x88, 0x80, 0x80, 0x80, 0x10, 1]],
    ["a length beyond the end", [18, 100, 1]],
    ["a length of 4 GB", [138, 1, 255, 255, 255, 255, 15]],
    ["a varint of 11 bytes", [8, ...Array.from({ length: 10 }, () => 255), 1]],
    ["an unknown varint of 11 bytes", [0xa0, 6, ...Array.from({ length: 10 }, () => 255), 1]],
    ["a group that does not end", [0xa3, 6]],
    ["a group end without a start", [0xa4, 6]],
    ["a known field of another wire type", [16, 1]],
    ["bad UTF-8", [26, 2, 0xc3, 0x28]],
    ["an encoded surrogate", [26, 3, 0xed, 0xa0, 0x80]],
    ["a value that runs over the end of its map", [138, 1, 3, 10, 4, 10, 1, 65]],
  ])("are malformed: %s", (_, bytes) => {
    expect(errorOf(() => decode(Buffer.concat([bytesOf(EVENT), Uint8Array.from(bytes)])))).toBe("MALFORMED");
  });

  it("are malformed wherever a record is cut, unless what is left is a record", () => {
    const bytes = bytesOf({ ...EVENT, ...withValue({ kind: { case: "string", value: "text" } }) });
    for (let end = 0; end < bytes.length; end++) {
      expect(errorOf(() => decode(bytes.subarray(0, end)))).toMatch(
        /^(MALFORMED|INVALID_RECORD .*|no error)$/,
      );
    }
    expect(errorOf(() => decode(bytes.subarray(0, -1)))).toBe("MALFORMED");
  });
});

describe("nesting", () => {
  /** Data with lists inside one another, in all so many levels. */
  function nested(levels: number): Uint8Array {
    let length = 0;
    const headers: Uint8Array[] = [];
    const wrap = (tag: number, more: number[] = []): void => {
      const header = new BinaryWriter().raw(Uint8Array.from(more)).uint32(tag).uint32(length).finish();
      headers.push(header);
      length += header.length;
    };
    wrap(58);
    for (let level = 2; level < levels; level++) {
      wrap(10);
      wrap(58);
    }
    wrap(18, [10, 1, 120]);
    wrap(10);
    return eventWithField(DATA, Buffer.concat(headers.reverse()));
  }

  it("of 128 levels is read, of more is refused, however deep", () => {
    expect(errorOf(() => decode(nested(128)))).toBe("no error");
    expect(errorOf(() => decode(nested(129)))).toBe("LIMIT_EXCEEDED");
    expect(errorOf(() => decode(nested(100_000)))).toBe("LIMIT_EXCEEDED");
  });
});

it("is recognised by the tag of its first field", () => {
  expect(recognises?.(bytesOf(EVENT))).toBe(true);
  expect(recognises?.(Buffer.from("{"))).toBe(false);
  expect(recognises?.(new Uint8Array())).toBe(false);
});
