import { expect, test } from "vitest";
import { percentile } from "../../src/bench/store/percentile.js";

test("a percentile is the smallest value that so many percent do not exceed", () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
  expect([0, 1, 50, 99, 100].map((percent) => percentile(hundred, percent))).toEqual([1, 1, 50, 99, 100]);
  expect(percentile([7], 99)).toBe(7);
});
