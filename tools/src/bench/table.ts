import type { Outcome } from "./comparison.js";
import type { GaugeOutcome, Reading } from "./gauge.js";

const header = ["", "per operation", "speed of ours", "target", ""];

/** The outcomes as text, one block for each comparison. */
export function table(outcomes: readonly (Outcome | GaugeOutcome)[]): string {
  const blocks = outcomes.map((outcome) =>
    "readings" in outcome ? rowsOfReadings(outcome) : rowsOfComparison(outcome),
  );
  const widths = header.map((_, column) =>
    Math.max(...[header, ...blocks.flat()].map((row) => (row[column] ?? "").length)),
  );
  const lines = blocks.map((rows) => rows.map((row) => line(row, widths)).join("\n"));
  return [line(header, widths), ...lines].join("\n\n");
}

function rowsOfComparison({ title, name, nanoseconds, rivals }: Outcome): string[][] {
  return [
    [title],
    [`  ${name}`, duration(nanoseconds)],
    ...rivals.map((rival) => [
      `  ${rival.name}`,
      duration(rival.nanoseconds),
      `${multiple(rival.ratio)} ×`,
      ...(rival.target === undefined ? [] : [`≥ ${rival.target} ×`, verdict(rival.met)]),
    ]),
  ];
}

function rowsOfReadings({ title, readings }: GaugeOutcome): string[][] {
  return [
    [title],
    ...readings.map((reading) => [
      `  ${reading.name}`,
      figure(reading.value, reading.unit),
      "",
      ...bound(reading),
    ]),
  ];
}

function bound({ value, unit, limit }: Reading): string[] {
  return limit === undefined ? [] : [`≤ ${limit} ${unit}`, verdict(value <= limit)];
}

function verdict(met: boolean): string {
  return met ? "✓" : "✗";
}

function figure(value: number, unit: string): string {
  return `${Math.abs(value) < 100 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

/** The first column reads from the left, the numbers line up on the right. */
function line(row: readonly string[], widths: readonly number[]): string {
  return row
    .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
    .join("  ")
    .trimEnd();
}

function duration(nanoseconds: number): string {
  return nanoseconds < 10_000 ? `${Math.round(nanoseconds)} ns` : `${(nanoseconds / 1000).toFixed(1)} µs`;
}

function multiple(ratio: number): string {
  return ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0);
}
