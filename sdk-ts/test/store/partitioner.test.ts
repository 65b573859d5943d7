import { describe, expect, it } from "vitest";
import { murmur2Partitioner } from "../../src/store/index.js";
import { murmur2 } from "../../src/store/murmur2.js";

describe("murmur2", () => {
  // The first three are those of Kafka's own tests; the others have each length of the tail, and bytes above 127.
  it.each([
    ["21", -973932308],
    ["foobar", -790332482],
    ["a-little-bit-long-string", -985981536],
    ["a-little-bit-longer-string", -1486304829],
    ["lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971],
    ["abc", 479470107],
    ["", 275646681],
  ])("%j", (text, hash) => {
    expect(murmur2(new TextEncoder().encode(text))).toBe(hash);
  });
});

describe("murmur2Partitioner", () => {
  it("takes the hash without its sign", () => {
    expect(murmur2Partitioner("21", 12)).toBe((-973932308 & 0x7fffffff) % 12);
    expect(murmur2Partitioner("abc", 12)).toBe(479470107 % 12);
  });

  it("has one partition for the empty key, and for keys that are not ASCII", () => {
    expect(murmur2Partitioner("", 12)).toBe(275646681 % 12);
    expect(murmur2Partitioner("é\u{1f600}", 5)).toBe(murmur2Partitioner("é\u{1f600}", 5));
  });
});
