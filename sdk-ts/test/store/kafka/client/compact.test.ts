import { expect, test } from "vitest";
import { ByteReader } from "../../../../src/store/kafka/client/byte-reader.js";
import { ByteWriter } from "../../../../src/store/kafka/client/byte-writer.js";

test.each([0, 126, 127, 128, 16_383, 16_384])("the newer forms of texts and lists, %i long", (length) => {
  const numbers = Array.from({ length }, (_, n) => n);
  const writer = new ByteWriter();
  writer.compactText("x".repeat(length));
  writer.compactList(numbers, (n) => writer.int32(n));
  writer.noTags();
  const reader = new ByteReader(writer.bytes);
  expect(reader.compactText()).toBe("x".repeat(length));
  expect(reader.compactList(() => reader.int32())).toEqual(numbers);
  reader.tags();
  expect(reader.left).toBe(0);
});

test("a text that is null, and fields that are not known", () => {
  const reader = new ByteReader(Buffer.from([0, 1, 5, 100, 9]));
  expect(reader.compactText()).toBeNull();
  expect(() => reader.tags()).toThrow(RangeError);
  const other = new ByteReader(Buffer.from([2, 5, 1, 9, 6, 2, 0, 0, 7]));
  other.tags();
  expect(other.int8()).toBe(7);
});
