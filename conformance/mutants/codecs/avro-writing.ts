import type { Mutant } from "../../src/mutation/mutant.js";
import type { AvroNode } from "../../src/oracle/avro/compile.js";
import { accepts, fromRaw, toRaw } from "../../src/oracle/avro/values.js";
import {
  doubleValue,
  entriesOf,
  integerValue,
  mapOf,
  nullValue,
  stringValue,
  type Value,
} from "../../src/oracle/values.js";
import { editRaw } from "../kit/avro.js";
import { hasBranch } from "../kit/avro-branches.js";
import { parseFile } from "../kit/avro-file.js";
import { breaking } from "../kit/breaking.js";
import { contextValues, dataOf, valuesOf } from "../kit/values.js";
import { forgivesWriting, refusesToWrite, rewrites, writesOther } from "../kit/writing.js";

type Kind = Value["kind"];

/** Writes values that do not fit, as others that may. */
function converts(change: (kind: Kind) => Value | undefined): Mutant["mutate"] {
  return forgivesWriting("avro", (record) => {
    for (const value of valuesOf(record)) value.kind = (change(value.kind) ?? value).kind;
  });
}

/** Writes another branch of each union that the value fits. */
function chooses(
  pick: (fitting: readonly { readonly kind: AvroNode["kind"] }[]) => number,
): Mutant["mutate"] {
  return rewrites(
    "avro",
    editRaw((node, raw) => {
      if (node.kind !== "union") return raw;
      const value = fromRaw(node, raw);
      const fitting = node.branches.filter((branch) => accepts(branch, value));
      const chosen = fitting[pick(fitting)];
      if (chosen === undefined) return raw;
      return { [node.names[node.branches.indexOf(chosen)] ?? ""]: { f0: toRaw(chosen, value) } };
    }),
  );
}

/** Mutants of section 3.6, writing. */
export const avroWriterMutants: readonly Mutant[] = [
  ...breaking("COD-046", {
    "cuts integers to 32 bits": converts((kind) =>
      kind.case === "integer" ? integerValue(BigInt.asIntN(32, kind.value)) : undefined,
    ),
    "cuts the fraction of numbers": converts((kind) =>
      kind.case === "double" ? integerValue(BigInt(Math.trunc(kind.value))) : undefined,
    ),
    "rounds doubles to floats": converts((kind) =>
      kind.case === "double" ? doubleValue(Math.fround(kind.value)) : undefined,
    ),
    "rounds integers to doubles": converts((kind) =>
      kind.case === "integer" ? doubleValue(Number(kind.value)) : undefined,
    ),
    "writes numbers as texts": converts((kind) =>
      kind.case === "integer" ? stringValue(String(kind.value)) : undefined,
    ),
    "writes texts as numbers": converts((kind) =>
      kind.case === "string" ? integerValue(BigInt(kind.value)) : undefined,
    ),
    "writes texts as bytes": converts((kind) =>
      kind.case === "string"
        ? { ...nullValue(), kind: { case: "bytes", value: Buffer.from(kind.value) } }
        : undefined,
    ),
    "writes bytes as texts": converts((kind) =>
      kind.case === "bytes" ? stringValue(Buffer.from(kind.value).toString()) : undefined,
    ),
    "cuts bytes to the size of a fixed": converts((kind) =>
      kind.case === "bytes"
        ? { ...nullValue(), kind: { case: "bytes", value: kind.value.subarray(0, 2) } }
        : undefined,
    ),
    "writes an unknown symbol as the first one": converts((kind) =>
      kind.case === "string" ? stringValue("A") : undefined,
    ),
    "writes null as an empty text": converts((kind) => (kind.case === "null" ? stringValue("") : undefined)),
    "writes null for what no branch fits": converts((kind) =>
      kind.case === "string" ? nullValue() : undefined,
    ),
    "writes 1 as true": converts((kind) =>
      kind.case === "integer" ? { ...nullValue(), kind: { case: "boolean", value: true } } : undefined,
    ),
    "drops lists and maps of a context": forgivesWriting("avro", (record) => {
      for (const value of contextValues(record))
        if (value.kind.case === "list" || value.kind.case === "map") value.kind = nullValue().kind;
    }),
  }),
  ...breaking("COD-047", {
    "drops keys that the schema has no field for": forgivesWriting("avro", (record, { schema }) => {
      const map = dataOf(record);
      map.entries = map.entries.filter(({ key }) => schema.includes(`{"name":${JSON.stringify(key)}`));
    }),
  }),
  ...breaking("COD-048", {
    "refuses maps that lack a key": refusesToWrite("avro", (record, bytes) => {
      const { fields } = JSON.parse(String(parseFile(bytes).meta.get("avro.schema")));
      const data = fields.find(({ name }: { name: string }) => name === "data").type;
      const keys = entriesOf(dataOf(record));
      return (data.fields ?? []).some(({ name }: { name: string }) => !keys.has(name));
    }),
    "writes an empty text for a field that there is no key for": rewrites(
      "avro",
      editRaw((node, raw) => {
        if (node.kind !== "union" || node.branches.map(({ kind }) => kind).join() !== "null,string")
          return raw;
        return fromRaw(node, raw).kind.case === "null"
          ? { [node.names[1] ?? ""]: { f0: Buffer.alloc(0) } }
          : raw;
      }),
    ),
  }),
  ...breaking("COD-049", {
    "writes 0 for a field that there is no key for": forgivesWriting("avro", (record, { schema }) => {
      const { data_fields } = JSON.parse(schema) as { data_fields: { name: string }[] };
      const entries = entriesOf(dataOf(record));
      for (const { name } of data_fields) if (!entries.has(name)) entries.set(name, integerValue(0n));
      record.payload = { case: "data", value: mapOf(entries) };
    }),
  }),
  ...breaking("COD-050", {
    "writes no float where there is no double": refusesToWrite("avro", (_, bytes) =>
      hasBranch(bytes, "float"),
    ),
    "adds nulls for an earlier branch": writesOther("avro", (record) => {
      for (const value of valuesOf(record))
        if (value.kind.case === "map" && value.kind.value.entries.map(({ key }) => key).join() === "a")
          value.kind = { case: "map", value: mapOf([...entriesOf(value.kind.value), ["b", nullValue()]]) };
    }),
    "writes records of the first branch alone": rewrites(
      "avro",
      editRaw((node, raw) => {
        if (node.kind !== "union") return raw;
        const value = fromRaw(node, raw);
        const first = node.branches.find(({ kind }) => kind === "record");
        if (value.kind.case !== "map" || !first || !accepts(first, value)) return raw;
        return { [node.names[node.branches.indexOf(first)] ?? ""]: { f0: toRaw(first, value) } };
      }),
    ),
  }),
  ...breaking("COD-051", {
    "chooses the first branch that fits": chooses(() => 0),
    "chooses the last branch that fits": chooses((fitting) => fitting.length - 1),
    "chooses double for every number": chooses((fitting) => {
      const double = fitting.findIndex(({ kind }) => kind === "double");
      return double < 0 ? fitting.length : double;
    }),
    "chooses int where it fits": chooses((fitting) => {
      const int = fitting.findIndex(({ kind }) => kind === "int");
      return int < 0 ? fitting.length : int;
    }),
    "chooses float where it fits": chooses((fitting) => {
      const float = fitting.findIndex(({ kind }) => kind === "float");
      return float < 0 || fitting.some(({ kind }) => kind === "long" || kind === "int")
        ? fitting.length
        : float;
    }),
    "writes empty data of a response as a record": chooses((fitting) => {
      const record = fitting.findIndex(({ kind }) => kind === "record");
      return record < 0 || !fitting.some(({ kind }) => kind === "map") ? fitting.length : record;
    }),
  }),
];
