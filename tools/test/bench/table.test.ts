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

test("shows a figure with its limit, and whether it is kept", () => {
  const text = table([
    {
      title: "Latency",
      readings: [
        { name: "median", value: 3.14, unit: "ms" },
        { name: "p99", value: 31, unit: "ms", limit: 25 },
        { name: "growth", value: -1, unit: "MiB", limit: 8 },
      ],
    },
    {
      title: "Partitions",
      name: "eight",
      nanoseconds: 1000,
      rivals: [{ name: "one", nanoseconds: 1000, ratio: 1, met: true }],
    },
  ]);
  expect(text.split("\n").map((line) => line.trim().split(/\s{2,}/))).toEqual([
    ["per operation", "speed of ours", "target"],
    [""],
    ["Latency"],
    ["median", "3.1 ms"],
    ["p99", "31.0 ms", "≤ 25 ms", "✗"],
    ["growth", "-1.0 MiB", "≤ 8 MiB", "✓"],
    [""],
    ["Partitions"],
    ["eight", "1000 ns"],
    ["one", "1000 ns", "1.00 ×"],
  ]);
});
