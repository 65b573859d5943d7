import { isLosslessNumber } from "lossless-json";
import { Refusal } from "../refusal.js";
import {
  booleanValue,
  doubleValue,
  integerValue,
  listValue,
  mapOf,
  mapValue,
  nullValue,
  stringValue,
  type Value,
} from "../values.js";
import { fromWire, type NeutralRecord } from "../wire-record.js";
import { isObject, parseJson } from "./text.js";

// Other fields are ignored unread: a number in one may be beyond what a neutral value holds.
const KNOWN: ReadonlySet<string> = new Set([
  "type",
  "namespace",
  "name",
  "protocol_version",
  "version",
  "source",
  "uuid",
  "correlation_id",
  "partition_key",
  "date_timestamp",
  "date_iso8601",
  "destination",
  "request_uuid",
  "ok",
  "error_code",
  "error_message",
  "context",
  "data",
]);

/** Decodes a record in the JSON encoding. A strict reader refuses a key that stands twice in an object. */
export function decodeJson(bytes: Uint8Array, options: { readonly strict?: boolean } = {}): NeutralRecord {
  const { value, hasDuplicates } = parseJson(bytes);
  if (!isObject(value)) throw new Refusal("not a JSON object");
  if (options.strict && hasDuplicates) throw new Refusal("a key stands twice");
  const known = Object.entries(value).filter(([key]) => KNOWN.has(key));
  return fromWire(new Map(known.map(([key, member]) => [key, jsonValue(member)])));
}

/** Decodes a value that stands alone in JSON. */
export function decodeJsonValue(bytes: Uint8Array): Value {
  return jsonValue(parseJson(bytes).value);
}

function jsonValue(json: unknown): Value {
  if (json === null) return nullValue();
  if (typeof json === "boolean") return booleanValue(json);
  if (typeof json === "string") return stringValue(wellFormed(json));
  if (isLosslessNumber(json)) return jsonNumber(json.value);
  if (Array.isArray(json)) return listValue(json.map(jsonValue));
  if (!isObject(json)) throw new Refusal(`not a JSON value: ${typeof json}`);
  return mapValue(
    mapOf(Object.entries(json).map(([key, member]) => [wellFormed(key), jsonValue(member)] as const)),
  );
}

function wellFormed(text: string): string {
  if (!text.isWellFormed()) throw new Refusal("a lone surrogate");
  return text;
}

function jsonNumber(literal: string): Value {
  if (/^-?\d+$/.test(literal)) {
    const integer = BigInt(literal);
    if (BigInt.asIntN(64, integer) !== integer) throw new Refusal(`beyond 64 bits: ${literal}`);
    return integerValue(integer);
  }
  const double = Number(literal);
  if (!Number.isFinite(double)) throw new Refusal(`beyond the doubles: ${literal}`);
  return doubleValue(double);
}
