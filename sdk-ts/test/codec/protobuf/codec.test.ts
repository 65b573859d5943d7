import { isDeepStrictEqual } from "node:util";
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { protobufCodec } from "../../../src/codec/protobuf/index.js";
import { TAGS } from "../../../src/codec/protobuf/wire.js";
import { RecordSchema } from "../../../src/gen/proto/eventy/v3/record_pb.js";
import * as values from "../../../src/gen/proto/eventy/v3/value_pb.js";
import { createEvent, EventyError, readRecord } from "../../../src/record/index.js";
import { errorOf } from "../../record/error-of.js";
import { anyRecord } from "./arbitraries.js";
import { bytesOf, EVENT } from "./records.js";

const { encode, decode } = protobufCodec();

describe("a record", () => {
  it("is read as it was written", () => {
    fc.assert(fc.property(anyRecord, (record) => isDeepStrictEqual(decode(encode(record)), record)));
  });

  it("is what the Protobuf library reads, and writes in the same bytes", () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const bytes = encode(record);
        // The library loses a byte order mark.
        fc.pre(!Buffer.from(bytes).includes("\ufeff"));
        const message = fromBinary(RecordSchema, bytes, { recursionLimit: 1000 });

        expect(message.$unknown).toBeUndefined();
        expect(Buffer.compare(toBinary(RecordSchema, message), bytes)).toBe(0);
      }),
    );
  });

  it.each([127, 128, 16_383, 16_384, 2 ** 21])("may hold a text and bytes of %d bytes", (length) => {
    const data = {
      text: "x".repeat(length),
      accents: "é".repeat(length),
      bytes: new Uint8Array(length).fill(7),
    };
    const record = createEvent({ namespace: "urn:orders", name: "OrderPlaced", data });

    expect(isDeepStrictEqual(decode(encode(record)), record)).toBe(true);
    expect(
      Buffer.compare(encode(record), toBinary(RecordSchema, fromBinary(RecordSchema, encode(record)))),
    ).toBe(0);
  });

  it("of an older major version is written in this one", () => {
    const fields = { ...EVENT, type: "EVENT", date: 0, partitionKey: null, context: {}, data: {} };

    expect(decode(encode(readRecord({ ...fields, protocolVersion: "2.0.0" }))).protocolVersion).toBe("3.5.0");
    expect(decode(encode(readRecord({ ...fields, protocolVersion: "3.99.0" }))).protocolVersion).toBe(
      "3.99.0",
    );
  });

  it("cannot be written with integers beyond 64 bits", () => {
    const { namespace, name } = EVENT;
    const data = { lines: [{ qty: 2n ** 63n - 1n }, { qty: 2n ** 63n }] };

    expect(errorOf(() => encode(createEvent({ namespace, name, data })))).toBe(
      "UNENCODABLE data.lines[1].qty",
    );
    const context = { "urn:orders": { least: -(2n ** 63n), less: -(2n ** 63n) - 1n } };
    expect(errorOf(() => encode(createEvent({ namespace, name, context })))).toBe(
      'UNENCODABLE context["urn:orders"].less',
    );
  });
});

describe("any bytes", () => {
  const mutated = fc
    .tuple(anyRecord, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }))
    .map(([record, changes]) => {
      const bytes = Uint8Array.from(encode(record));
      for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
      return bytes;
    });
  const bytes = fc.oneof(
    mutated,
    fc.uint8Array({ maxLength: 200 }),
    fc.uint8Array({ maxLength: 50 }).map((more) => Buffer.concat([bytesOf(EVENT), more])),
  );

  it("give a record that can be written again, or an EventyError", () => {
    fc.assert(
      fc.property(bytes, (candidate) => {
        const copy = Uint8Array.from(candidate);
        try {
          const record = decode(candidate);
          expect(isDeepStrictEqual(decode(encode(record)), record)).toBe(true);
        } catch (error) {
          if (!(error instanceof EventyError)) throw error;
        }
        expect(Uint8Array.from(candidate)).toEqual(copy);
      }),
      { numRuns: 1000 },
    );
  });
});

it("the tags are those of value.proto", () => {
  const tagsOf = (
    fields: readonly { localName: string; number: number }[],
    wireTypes: readonly number[],
  ): object =>
    Object.fromEntries(
      fields.map(({ localName, number }, index) => [localName, (number << 3) | (wireTypes[index] ?? 2)]),
    );

  expect(TAGS.value).toEqual(tagsOf(values.ValueSchema.fields, [0, 0, 0, 1]));
  expect(TAGS.list).toEqual(tagsOf(values.ListSchema.fields, []));
  expect(TAGS.map).toEqual(tagsOf(values.MapSchema.fields, []));
  expect(TAGS.entry).toEqual(tagsOf(values.EntrySchema.fields, []));
  expect(TAGS.contextEntry).toEqual(tagsOf(values.ContextEntrySchema.fields, []));
});
