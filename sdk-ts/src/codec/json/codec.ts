import { CONTENT_TYPES } from "../../gen/constants.js";
import {
  EventyError,
  type EventyRecord,
  type LooseFields,
  readWire,
  traits,
  writeWire,
} from "../../record/index.js";
import type { Codec } from "../codec.js";
import { parseExact } from "./parse-exact.js";
import { stringifyExact } from "./stringify-exact.js";

const UTF_8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** How a JSON codec reads. */
export interface JsonCodecOptions {
  /** Refuse objects in which a key stands twice. Default: false, the last one counts. */
  readonly strict?: boolean;
}

/**
 * The JSON encoding, compatible with eventy 3.4.0.
 *
 * Integers of 64 bits survive: those beyond ±(2^53−1) are a bigint.
 */
export function jsonCodec(options: JsonCodecOptions = {}): Codec {
  const strict = options.strict ?? false;
  return { contentType: CONTENT_TYPES.json, encode, decode: (bytes) => decode(bytes, strict), recognises };
}

function encode(record: EventyRecord): Uint8Array {
  const { hasBytes, hasWideNumbers } = traits(record);
  const wire = writeWire(record, "json");
  return Buffer.from(hasBytes || hasWideNumbers ? stringifyExact(wire) : JSON.stringify(wire));
}

function decode(bytes: Uint8Array, strict: boolean): EventyRecord {
  const text = readText(bytes);
  const wire = parse(text);
  if (strict) return readWire(parseExact(text, strict), "json");
  const record = readWire(wire, "json");
  return traits(record).hasWideNumbers ? readWire(parseExact(text, strict), "json") : record;
}

function readText(bytes: Uint8Array): string {
  try {
    return UTF_8.decode(bytes);
  } catch (error) {
    throw new EventyError("MALFORMED", "the bytes are not UTF-8", { cause: error });
  }
}

function parse(text: string): LooseFields {
  let wire: unknown;
  try {
    wire = JSON.parse(text);
  } catch (error) {
    throw EventyError.from(error, "MALFORMED");
  }
  if (typeof wire === "object" && wire !== null && !Array.isArray(wire)) return wire as LooseFields;
  throw new EventyError("INVALID_RECORD", "the JSON text is not an object");
}

const FIRST_BYTES = new Set(Array.from("{ \t\r\n", (character) => character.charCodeAt(0)));

function recognises(bytes: Uint8Array): boolean {
  return bytes.length > 0 && FIRST_BYTES.has(bytes[0] ?? 0);
}
