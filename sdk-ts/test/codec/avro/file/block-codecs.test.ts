import { crc32, deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { compress } from "snappyjs";
import { describe, expect, test } from "vitest";
import { blockCodec } from "../../../../src/codec/avro/file/block-codecs.js";
import { errorOf } from "../../../record/error-of.js";

const LIMIT = 2 ** 20;

function snappy(bytes: Uint8Array, checksum = crc32(bytes)): Buffer {
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(checksum);
  return Buffer.concat([compress(Buffer.from(bytes)), tail]);
}

/** Bytes that repeat themselves, near and far. */
const repetitive = fc
  .array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 30 }), fc.integer({ min: 1, max: 3000 })), {
    maxLength: 4,
  })
  .map((parts) =>
    Buffer.concat(parts.flatMap(([bytes, times]) => Array.from({ length: times }, () => bytes))),
  );

describe.each([
  ["null", (bytes: Uint8Array) => Buffer.from(bytes)],
  ["deflate", (bytes: Uint8Array) => deflateRawSync(bytes)],
  ["snappy", snappy],
] as const)("%s", (name, compressed) => {
  test("gives what was compressed", () => {
    fc.assert(
      fc.property(repetitive, (bytes) => {
        expect(Buffer.from(blockCodec(name)(compressed(bytes), LIMIT)).equals(bytes)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test("of any bytes gives bytes or an error", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(errorOf(() => blockCodec(name)(bytes, 1000))).toMatch(/^(no error|MALFORMED|LIMIT_EXCEEDED)$/);
      }),
      { numRuns: 300 },
    );
  });
});

test.each([
  ["deflate", deflateRawSync(Buffer.alloc(LIMIT + 1))],
  ["snappy", snappy(Buffer.alloc(LIMIT + 1))],
])("%s beyond the limit", (name, block) => {
  expect(errorOf(() => blockCodec(name)(block, LIMIT))).toBe("LIMIT_EXCEEDED");
  expect(blockCodec(name)(block, LIMIT + 1)).toHaveLength(LIMIT + 1);
});

test.each<[string, string, Uint8Array]>([
  ["cut deflate", "deflate", deflateRawSync(Buffer.from("abcabcabc")).subarray(0, -2)],
  ["damaged deflate", "deflate", Buffer.alloc(20, 0xff)],
  ["another checksum", "snappy", snappy(Buffer.from("abc"), 1)],
  ["no checksum", "snappy", Buffer.from([0, 0])],
  ["a copy from before the start", "snappy", Buffer.from([4, 0x00, 0x61, 0x01, 0x05, 0, 0, 0, 0])],
  ["more than it says", "snappy", Buffer.from([1, 0x04, 0x61, 0x62, 0, 0, 0, 0])],
  ["a gigabyte in eight bytes", "snappy", Buffer.from([0x80, 0x80, 0x80, 0x80, 4, 0, 0x61, 0, 0, 0, 0])],
])("%s", (_, name, block) => {
  expect(errorOf(() => blockCodec(name)(block, LIMIT))).toBe("MALFORMED");
});

test("bytes after the deflate stream are ignored", () => {
  const block = Buffer.concat([deflateRawSync(Buffer.from("abc")), Buffer.from([1, 2, 3])]);
  expect(Buffer.from(blockCodec("deflate")(block, LIMIT)).toString()).toBe("abc");
});

test("another codec is unknown", () => {
  expect(errorOf(() => blockCodec("zstandard"))).toBe("UNKNOWN_ENCODING");
});
