import type { Context, Data, Value } from "../record/index.js";

type TextSize = (text: string) => number;

/** The bytes of some parts of a context as compact JSON in UTF-8. */
export function contextBytes(context: Context, namespaces: readonly string[]): number {
  return sizeOfParts(context, namespaces, (text) => Buffer.byteLength(JSON.stringify(text)));
}

/** A number that {@link contextBytes} does not exceed, found without looking into texts. */
export function contextBytesAtMost(context: Context, namespaces: readonly string[]): number {
  // A control character takes six bytes (\u0001), any other at most three for each UTF-16 unit.
  return sizeOfParts(context, namespaces, (text) => text.length * 6 + 2);
}

function sizeOfParts(context: Context, namespaces: readonly string[], textSize: TextSize): number {
  let size = bracketsAndCommas(namespaces.length);
  for (const namespace of namespaces) {
    size += textSize(namespace) + 1 + sizeOfMap(context[namespace] ?? {}, textSize);
  }
  return size;
}

function sizeOf(value: Value, textSize: TextSize): number {
  if (typeof value === "string") return textSize(value);
  // A number, a boolean or null is its own text.
  if (typeof value !== "object" || value === null) return String(value).length;
  return Array.isArray(value) ? sizeOfList(value, textSize) : sizeOfMap(value as Data, textSize);
}

function sizeOfList(list: readonly Value[], textSize: TextSize): number {
  let size = bracketsAndCommas(list.length);
  for (const member of list) size += sizeOf(member, textSize);
  return size;
}

function sizeOfMap(map: Data, textSize: TextSize): number {
  const keys = Object.keys(map);
  let size = bracketsAndCommas(keys.length);
  for (const key of keys) size += textSize(key) + 1 + sizeOf(map[key] as Value, textSize);
  return size;
}

function bracketsAndCommas(members: number): number {
  return 2 + Math.max(0, members - 1);
}
