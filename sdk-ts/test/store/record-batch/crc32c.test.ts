import { describe, expect, test } from "vitest";
import { crc32c } from "../../../src/store/kafka/log/crc32c.js";
import { crc32c as kafkaJsCrc32c } from "./kafkajs.js";

describe("crc32c", () => {
  // From RFC 3720, B.4, and the catalogue of parametrised CRC algorithms.
  test.each([
    ["123456789", Buffer.from("123456789"), 0xe3069283],
    ["32 zeros", Buffer.alloc(32), 0x8a9136aa],
    ["32 ones", Buffer.alloc(32, 0xff), 0x62a8ab43],
    ["0 to 31", Buffer.from(Array.from({ length: 32 }, (_, index) => index)), 0x46dd794e],
    ["nothing", Buffer.alloc(0), 0],
  ])("%s", (_, bytes, sum) => {
    expect(crc32c(bytes, 0, bytes.length)).toBe(sum);
  });

  test("parts of all lengths, as kafkajs has them", () => {
    const bytes = Buffer.from(Array.from({ length: 300 }, (_, index) => (index * 167 + (index >> 3)) & 0xff));
    for (let from = 0; from < 20; from++) {
      for (let to = from; to < bytes.length; to += 7) {
        expect(crc32c(bytes, from, to)).toBe(kafkaJsCrc32c(bytes.subarray(from, to)));
      }
    }
  });
});
