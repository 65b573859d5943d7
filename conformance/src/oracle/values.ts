import { create, isMessage } from "@bufbuild/protobuf";
import {
  type ContextEntry,
  ContextEntrySchema,
  EntrySchema,
  ListSchema,
  MapSchema,
  type Value,
  type Map as ValueMap,
  ValueSchema,
} from "../gen/proto/eventy/v3/value_pb.js";

export type { ContextEntry, Value, ValueMap };

/** What a neutral value can be written as in TypeScript: for golden records, generators and tests. */
export type Plain =
  | null
  | boolean
  | string
  | number
  | bigint
  | Uint8Array
  | Value
  | readonly Plain[]
  | ReadonlyMap<string, Plain>
  | { readonly [key: string]: Plain };

type Kind = Value["kind"];

function value(kind: Kind): Value {
  return create(ValueSchema, { kind });
}

/** A neutral null. */
export function nullValue(): Value {
  return value({ case: "null", value: 0 });
}

/** A neutral integer. */
export function integerValue(integer: bigint): Value {
  return value({ case: "integer", value: integer });
}

/** A neutral double. */
export function doubleValue(double: number): Value {
  return value({ case: "double", value: double });
}

/** A neutral text. */
export function stringValue(text: string): Value {
  return value({ case: "string", value: text });
}

/** A neutral boolean. */
export function booleanValue(boolean: boolean): Value {
  return value({ case: "boolean", value: boolean });
}

/** Neutral bytes. */
export function bytesValue(bytes: Uint8Array): Value {
  return value({ case: "bytes", value: bytes });
}

/** A neutral list. */
export function listValue(values: Value[]): Value {
  return value({ case: "list", value: create(ListSchema, { values }) });
}

/** A neutral map. */
export function mapValue(map: ValueMap): Value {
  return value({ case: "map", value: map });
}

/** A map of neutral values. */
export function mapOf(entries: Iterable<readonly [string, Value]>): ValueMap {
  return create(MapSchema, {
    entries: Array.from(entries, ([key, entry]) => create(EntrySchema, { key, value: entry })),
  });
}

/** One namespace of a context. */
export function contextEntry(namespace: string, values: ValueMap): ContextEntry {
  return create(ContextEntrySchema, { namespace, values });
}

/**
 * The neutral value of a TypeScript one. Numbers without a fraction within ±(2^53 − 1) and bigints are
 * integers, other numbers doubles; a neutral value stays what it is.
 */
export function toValue(plain: Plain): Value {
  if (plain === null) return nullValue();
  switch (typeof plain) {
    case "boolean":
      return booleanValue(plain);
    case "string":
      return stringValue(plain);
    case "bigint":
      return integerValue(plain);
    case "number":
      return Number.isSafeInteger(plain) ? integerValue(BigInt(plain)) : doubleValue(plain);
  }
  if (plain instanceof Uint8Array) return bytesValue(plain);
  if (isMessage(plain, ValueSchema)) return plain;
  if (Array.isArray(plain)) return listValue(plain.map(toValue));
  return mapValue(toMap(plain as PlainMap));
}

/** What a neutral map can be written as. */
export type PlainMap = ReadonlyMap<string, Plain> | { readonly [key: string]: Plain };

/** The neutral map of a TypeScript map or object. */
export function toMap(plain: PlainMap): ValueMap {
  const entries = plain instanceof Map ? [...plain.entries()] : Object.entries(plain);
  return mapOf(entries.map(([key, entry]) => [key, toValue(entry)] as const));
}

/** The neutral context of an object of objects. */
export function toContext(plain: { readonly [namespace: string]: PlainMap }): ContextEntry[] {
  return Object.entries(plain).map(([namespace, values]) => contextEntry(namespace, toMap(values)));
}

/** The entries of a map, where the last of equal keys counts. */
export function entriesOf(map: ValueMap | undefined): Map<string, Value> {
  const entries = new Map<string, Value>();
  for (const { key, value: entry } of map?.entries ?? []) if (entry) entries.set(key, entry);
  return entries;
}
