import type { EventyRecord, Value } from "../../src/record/index.js";

/** A record in a form in which two are equal when they mean the same: maps without order, one zero. */
export type Plain = { readonly [field: string]: unknown };

const FIELDS = [
  "namespace",
  "name",
  "protocolVersion",
  "version",
  "source",
  "uuid",
  "correlationId",
  "partitionKey",
] as const;
const RESPONSE_FIELDS = ["destination", "requestUuid", "ok", "errorCode", "errorMessage"] as const;

/** A record of the SDK. */
export function plainFromRecord(record: EventyRecord): Plain {
  return {
    type: record.type,
    ...pick(record, FIELDS),
    ...(record.type === "RESPONSE" ? pick(record, RESPONSE_FIELDS) : {}),
    date: record.date,
    context: plainValue(record.context),
    data: plainValue(record.data),
  };
}

/** A record as the testee protocol writes it. */
export function plainFromProtoJson(message: unknown): Plain {
  const record = message as ProtoRecord;
  return {
    type: record.type.replace("RECORD_TYPE_", ""),
    ...pick(record, FIELDS),
    ...(record.type.endsWith("RESPONSE") ? pick(record, RESPONSE_FIELDS) : {}),
    date: Number(record.date),
    context: new Map(record.context.map((part) => [part.namespace, entries(part.values)])),
    data: entries(record.data),
  };
}

interface ProtoRecord {
  readonly type: string;
  readonly date: string;
  readonly context: readonly { readonly namespace: string; readonly values: ProtoMap }[];
  readonly data: ProtoMap;
}

interface ProtoMap {
  readonly entries: readonly { readonly key: string; readonly value: ProtoValue }[];
}

type ProtoValue =
  | { readonly null: string }
  | { readonly boolean: boolean }
  | { readonly integer: string }
  | { readonly double: number }
  | { readonly string: string }
  | { readonly bytes: string }
  | { readonly list: { readonly values: readonly ProtoValue[] } }
  | { readonly map: ProtoMap };

function pick(record: object, names: readonly string[]): Plain {
  const fields = record as Plain;
  return Object.fromEntries(names.map((name) => [name, fields[name] ?? null]));
}

function plainValue(value: Value): unknown {
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString("base64") };
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value === "object" && value !== null) {
    return new Map(Object.entries(value).map(([key, member]) => [key, plainValue(member)]));
  }
  return value === 0 ? 0 : value;
}

function entries(map: ProtoMap): ReadonlyMap<string, unknown> {
  return new Map(map.entries.map(({ key, value }) => [key, protoValue(value)]));
}

function protoValue(value: ProtoValue): unknown {
  if ("null" in value) return null;
  if ("boolean" in value) return value.boolean;
  if ("integer" in value) return narrow(BigInt(value.integer));
  if ("double" in value) return value.double === 0 ? 0 : value.double;
  if ("string" in value) return value.string;
  if ("bytes" in value) return { bytes: value.bytes };
  if ("list" in value) return value.list.values.map(protoValue);
  return entries(value.map);
}

function narrow(integer: bigint): number | bigint {
  return Number.isSafeInteger(Number(integer)) ? Number(integer) : integer;
}

/**
 * What the original read, with the date that was written if it is off by no more than two milliseconds.
 *
 * The original computes dates in floating point and rounds towards 1970, which loses a millisecond of some
 * dates, and of dates far from now another one.
 */
export function withDateOf(written: EventyRecord, read: Plain): Plain {
  const lost = Math.abs(Number(read["date"]) - written.date) <= 2;
  return lost ? { ...read, date: written.date } : read;
}
