import { expect, test } from "vitest";
import { table } from "../../src/bench/table.js";

test("shows each rival with the ratio, its target, and whether it is met", () => {
  const text = table([
    {
      title: "JSON decode",
      name: "eventy",
      nanoseconds: 9000,
      rivals: [
        { name: "slow", nanoseconds: 45_000, ratio: 5, target: 4, met: true },
        { name: "fast", nanoseconds: 4500, ratio: 0.5, target: 0.55, met: false },
      ],
    },
  ]);
  expect(text.split("\n").map((line) => line.trim().split(/\s{2,}/))).toEqual([
    ["per operation", "speed of ours", "target"],
    [""],
    ["JSON decode"],
    ["eventy", "9000 ns"],
    ["slow", "45.0 µs", "5.00 ×", "≥ 4 ×", "✓"],
    ["fast", "4500 ns", "0.50 ×", "≥ 0.55 ×", "✗"],
  ]);
});
