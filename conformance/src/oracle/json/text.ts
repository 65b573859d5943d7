import { isLosslessNumber, parse } from "lossless-json";
import { orRefuse, Refusal } from "../refusal.js";

// Enough for a record at the limit, and far from what overflows the recursive parser.
const DEPTH = 1000;

/** A JSON text, parsed with its numbers kept as they are spelled. */
export interface JsonText {
  readonly value: unknown;
  /** True if some object has a key twice. */
  readonly hasDuplicates: boolean;
}

/** Parses the bytes of one JSON text; of equal keys the last one counts. */
export function parseJson(bytes: Uint8Array): JsonText {
  const text = orRefuse("not UTF-8", () =>
    new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes),
  );
  const written = measure(text);
  if (written.depth > DEPTH) throw new Refusal(`nested ${written.depth} levels deep`);
  const value = orRefuse("not JSON", () => parse(text, null, { onDuplicateKey: ({ newValue }) => newValue }));
  return { value, hasDuplicates: written.members !== countMembers(value) };
}

/** Counts, outside of strings, the levels of brackets and the colons. */
function measure(text: string): { depth: number; members: number } {
  let [level, depth, members, quoted] = [0, 0, 0, false];
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (quoted) {
      if (char === "\\") i++;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === ":") members++;
    else if (char === "{" || char === "[") depth = Math.max(depth, ++level);
    else if (char === "}" || char === "]") level--;
  }
  return { depth, members };
}

function countMembers(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + countMembers(item), 0);
  if (!isObject(value)) return 0;
  return Object.values(value).reduce((sum: number, member) => sum + 1 + countMembers(member), 0);
}

/** True for what a JSON object became; a number is an object too, of the parser's own class. */
export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isLosslessNumber(value);
}
