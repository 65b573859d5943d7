import { ErrorCode } from "../../src/gen/proto/eventy/v3/protocol_pb.js";
import type { Mutant } from "../../src/mutation/mutant.js";
import type { AvroNode } from "../../src/oracle/avro/compile.js";
import { compileAvro } from "../../src/oracle/avro/compile.js";
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
import { editItem, editRaw, type Raw, transform } from "../kit/avro.js";
import { long, parseFile, Reader } from "../kit/avro-file.js";
import { breaking } from "../kit/breaking.js";
import { forgives, readsOther, refuses } from "../kit/reading.js";
import { attempt } from "../kit/replies.js";
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

/** Whether the datum of a file has, at some place, what is looked for. */
function has(bytes: Buffer, isLookedFor: (node: AvroNode, raw: unknown) => boolean): boolean {
  const { meta, blocks } = parseFile(bytes);
  const { node, type } = compileAvro(JSON.parse(String(meta.get("avro.schema"))));
  let found = false;
  for (const { data } of blocks)
    transform(node, type.fromBuffer(data), (inner, raw) => {
      found ||= isLookedFor(inner, raw);
      return raw;
    });
  return found;
}

function hasBranch(bytes: Buffer, kind: AvroNode["kind"]): boolean {
  return (
    attempt(() =>
      has(bytes, (node, raw) => {
        const [name = ""] = Object.keys((raw as Raw | null) ?? {});
        return node.kind === "union" && node.branches[node.names.indexOf(name)]?.kind === kind;
      }),
    ) ?? false
  );
}

/** Whether blocks of arrays and maps are not one each, without a size. */
function hasOtherBlocks(bytes: Buffer): boolean {
  const { meta, blocks } = parseFile(bytes);
  const { type } = compileAvro(JSON.parse(String(meta.get("avro.schema"))));
  return blocks.some(({ data }) => !type.toBuffer(type.fromBuffer(data)).equals(data));
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

/** Mutants of section 3.6, reading. */
export const avroReaderMutants: readonly Mutant[] = [
  ...breaking(
    "COD-052",
    Object.fromEntries(
      (["int", "long", "float", "double", "boolean", "null"] as const).map((kind) => [
        `does not read the branch ${kind}`,
        refuses("avro", (_, bytes) => hasBranch(bytes, kind), ErrorCode.MALFORMED),
      ]),
    ),
  ),
  ...breaking("COD-053", {
    "reads an index beyond the branches as 0": forgives(
      "avro",
      editItem((item) => Buffer.concat([item.subarray(0, -2), Buffer.from([0, 0])])),
    ),
    "reads an index beyond the symbols as 0": forgives(
      "avro",
      editItem((item) => Buffer.concat([item.subarray(0, -1), Buffer.from([0])])),
    ),
    "reads every byte but 0 as true": forgives(
      "avro",
      editItem((item) => Buffer.concat([item.subarray(0, -1), Buffer.from([Math.min(1, item.at(-1) ?? 0)])])),
    ),
    "cuts an int to 32 bits": forgives(
      "avro",
      editItem((item) => Buffer.concat([item.subarray(0, -5), long(0n)])),
    ),
    "reads long integers of any length": forgives(
      "avro",
      editItem((item) => Buffer.concat([item.subarray(0, -11), long(0n)])),
    ),
    "reads a negative length as 0": forgives(
      "avro",
      editItem((item) =>
        Buffer.concat([item.subarray(0, item.length - (item.at(-1) === 1 ? 1 : 9)), long(0n)]),
      ),
    ),
  }),
  ...breaking("COD-054", {
    "reads one block of an array or map": refuses(
      "avro",
      (_, bytes) => hasOtherBlocks(bytes),
      ErrorCode.MALFORMED,
    ),
  }),
  ...breaking("COD-055", {
    "takes the first of equal keys": readsOther(
      "avro",
      editRaw((node, raw) => (node.kind === "map" ? [...(raw as unknown[])].reverse() : raw)),
    ),
    "refuses equal keys": refuses(
      "avro",
      (_, bytes) =>
        attempt(() =>
          has(bytes, (node, raw) => {
            const keys = node.kind === "map" ? (raw as Raw[]).map(({ f0 }) => String(f0)) : [];
            return new Set(keys).size < keys.length;
          }),
        ) ?? false,
    ),
  }),
  ...breaking("COD-056", {
    "believes every count of items without bytes": forgives("avro", editItem(withoutItems)),
  }),
];

/** Where the last array or map of a datum begins at most, counted from the end. */
const TAIL = 22;

/** Leaves out an array or map at the end of a datum that announces more items than there can be. */
function withoutItems(item: Buffer): Buffer {
  const start = Math.max(0, item.length - TAIL);
  const at = Array.from(item.subarray(start), (_, i) => start + i).find((i) => {
    const count = attempt(() => new Reader(item.subarray(i)).long()) ?? 0n;
    return count > 2n ** 50n || count < -(2n ** 50n);
  });
  return at === undefined ? item : Buffer.concat([item.subarray(0, at), long(0n)]);
}
