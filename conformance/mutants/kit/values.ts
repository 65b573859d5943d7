import type { NeutralRecord } from "../../src/oracle/index.js";
import {
  doubleValue,
  integerValue,
  mapOf,
  nullValue,
  type Value,
  type ValueMap,
} from "../../src/oracle/values.js";

/** The data of a record, as entries that may be changed. */
export function dataOf(record: NeutralRecord): ValueMap {
  if (record.payload.case !== "data") record.payload = { case: "data", value: mapOf([]) };
  return record.payload.case === "data" ? record.payload.value : mapOf([]);
}

/** Every value of data and context, those inside of others too. */
export function* valuesOf(record: NeutralRecord): Iterable<Value> {
  for (const { values } of record.context) yield* inside(values);
  yield* inside(dataOf(record));
}

/** Every value of the data. */
export function dataValues(record: NeutralRecord): Iterable<Value> {
  return inside(dataOf(record));
}

/** Every value of the context. */
export function* contextValues(record: NeutralRecord): Iterable<Value> {
  for (const { values } of record.context) yield* inside(values);
}

function* inside(map: ValueMap | undefined): Iterable<Value> {
  for (const { value } of map?.entries ?? []) if (value) yield* each(value);
}

function* each(value: Value): Iterable<Value> {
  yield value;
  if (value.kind.case === "list") for (const item of value.kind.value.values) yield* each(item);
  if (value.kind.case === "map") yield* inside(value.kind.value);
}

/** Makes integers doubles: all, or those that a number cannot hold exactly. */
export function asDoubles(values: Iterable<Value>, which: "all" | "wide" = "all"): void {
  for (const value of values) {
    if (value.kind.case !== "integer") continue;
    const number = Number(value.kind.value);
    if (which === "all" || !Number.isSafeInteger(number)) value.kind = doubleValue(number).kind;
  }
}

/** Makes doubles integers that are whole and fit. */
export function asIntegers(values: Iterable<Value>): void {
  for (const value of values) {
    if (value.kind.case !== "double" || !Number.isInteger(value.kind.value)) continue;
    if (Math.abs(value.kind.value) < 2 ** 63) value.kind = integerValue(BigInt(value.kind.value)).kind;
  }
}

/** How many levels the lists and maps of a record have. */
export function levelsOf(record: NeutralRecord): number {
  const level = (value: Value | undefined): number => {
    if (value?.kind.case === "list") return 1 + Math.max(0, ...value.kind.value.values.map(level));
    return value?.kind.case === "map" ? levelOfMap(value.kind.value) : 0;
  };
  const levelOfMap = (map: ValueMap | undefined): number =>
    1 + Math.max(0, ...(map?.entries ?? []).map(({ value }) => level(value)));
  return Math.max(levelOfMap(dataOf(record)), ...record.context.map(({ values }) => levelOfMap(values)));
}

/** Puts null in place of the lists and maps below a level. */
export function prune(record: NeutralRecord, levels: number): void {
  const descend = (value: Value | undefined, level: number): void => {
    if (value?.kind.case !== "list" && value?.kind.case !== "map") return;
    if (level > levels) value.kind = nullValue().kind;
    else if (value.kind.case === "list") for (const item of value.kind.value.values) descend(item, level + 1);
    else for (const entry of value.kind.value.entries) descend(entry.value, level + 1);
  };
  for (const map of [dataOf(record), ...record.context.map(({ values }) => values)])
    for (const { value } of map?.entries ?? []) descend(value, 2);
}
