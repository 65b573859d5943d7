import type { Outcome } from "./comparison.js";

const header = ["", "per operation", "speed of ours", "target", ""];

/** The outcomes as text, one block for each comparison. */
export function table(outcomes: readonly Outcome[]): string {
  const blocks = outcomes.map(rowsOf);
  const widths = header.map((_, column) =>
    Math.max(...[header, ...blocks.flat()].map((row) => (row[column] ?? "").length)),
  );
  const lines = blocks.map((rows) => rows.map((row) => line(row, widths)).join("\n"));
  return [line(header, widths), ...lines].join("\n\n");
}

function rowsOf({ title, name, nanoseconds, rivals }: Outcome): string[][] {
  return [
    [title],
    [`  ${name}`, duration(nanoseconds)],
    ...rivals.map((rival) => [
      `  ${rival.name}`,
      duration(rival.nanoseconds),
      `${multiple(rival.ratio)} ×`,
      `≥ ${rival.target} ×`,
      rival.met ? "✓" : "✗",
    ]),
  ];
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
