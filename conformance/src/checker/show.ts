import type { Value, ValueMap } from "../oracle/values.js";

const WIDTH = 200;

/** A neutral value in one readable line, cut where it gets long. */
export function show(value: Value | undefined): string {
  return cut(text(value));
}

/** Cuts a text where it gets long for a report. */
function cut(long: string): string {
  return long.length > WIDTH ? `${long.slice(0, WIDTH)}… (${long.length} characters)` : long;
}

function text(value: Value | undefined): string {
  if (!value) return "nothing";
  const { kind } = value;
  switch (kind.case) {
    case undefined:
      return "a value without a kind";
    case "null":
      return "null";
    case "double":
      return Number.isInteger(kind.value) ? `${kind.value} (double)` : String(kind.value);
    case "string":
      return JSON.stringify(kind.value);
    case "bytes":
      return `bytes ${Buffer.from(kind.value).toString("hex")}`;
    case "list":
      return `[${kind.value.values.slice(0, WIDTH).map(text).join(", ")}]`;
    case "map":
      return mapText(kind.value);
    default:
      return String(kind.value);
  }
}

function mapText(map: ValueMap): string {
  const entries = map.entries
    .slice(0, WIDTH)
    .map(({ key, value }) => `${JSON.stringify(key)}: ${text(value)}`);
  return `{${entries.join(", ")}}`;
}
