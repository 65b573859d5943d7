import { parseExact } from "../codec/json/parse-exact.js";
import { stringifyExact } from "../codec/json/stringify-exact.js";
import type { Value } from "../record/index.js";
import { Sealer } from "../record/seal.js";

/**
 * The bytes of a value of a state: JSON, in which integers of 64 bits survive.
 *
 * @throws EventyError INVALID_RECORD for what is no value, UNENCODABLE for what JSON cannot carry, LIMIT_EXCEEDED.
 */
export function encodeValue(value: Value): Uint8Array {
  const sealed = new Sealer("borrowed").map({ value }, "state");
  return Buffer.from(stringifyExact(sealed["value"], "value"));
}

/**
 * The value that bytes of a state hold.
 *
 * @throws EventyError MALFORMED
 */
export function decodeValue(bytes: Uint8Array): Value {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
  return parse(text);
}

/** Fewer digits than this are an integer that every number holds. */
const WIDE = /\d{16}/;

function parse(text: string): Value {
  const value = JSON.parse(text) as Value;
  return WIDE.test(text) ? (parseExact(text, false) as unknown as Value) : value;
}
