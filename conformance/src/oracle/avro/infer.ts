import { entriesOf, type Value } from "../values.js";
import type { NeutralRecord } from "../wire-record.js";
import type { AvroSchema, EventySchema } from "./schema.js";

/** Data fields of a schema that fits the data of a record: of each kind of value, the widest type. */
export function inferFields(record: NeutralRecord): NonNullable<EventySchema["data_fields"]> {
  const data = record.payload.case === "data" ? entriesOf(record.payload.value) : new Map<string, Value>();
  return Array.from(data, ([name, value]) => ({ name, type: inferType([value]) }));
}

function inferType(values: readonly Value[]): AvroSchema {
  const types: AvroSchema[] = [];
  const kinds = new Set(values.map((value) => value.kind.case));
  for (const kind of kinds) {
    if (kind === "integer") types.push("long");
    else if (kind === "list") types.push({ type: "array", items: inferType(values.flatMap(items)) });
    else if (kind === "map") types.push({ type: "map", values: inferType(values.flatMap(members)) });
    else if (kind) types.push(kind);
  }
  const [first] = types;
  if (first === undefined) return "null";
  return types.length === 1 ? first : types;
}

function items({ kind }: Value): Value[] {
  return kind.case === "list" ? kind.value.values : [];
}

function members({ kind }: Value): Value[] {
  return kind.case === "map" ? [...entriesOf(kind.value).values()] : [];
}
