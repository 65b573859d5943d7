import { Refusal } from "../refusal.js";
import {
  booleanValue,
  bytesValue,
  doubleValue,
  entriesOf,
  integerValue,
  listValue,
  mapOf,
  mapValue,
  nullValue,
  stringValue,
  type Value,
} from "../values.js";
import type { AvroNode } from "./compile.js";

type Raw = { readonly [field: string]: unknown };

/** The neutral value of what the library read. */
export function fromRaw(node: AvroNode, raw: unknown): Value {
  switch (node.kind) {
    case "null":
      return nullValue();
    case "boolean":
      return booleanValue(raw as boolean);
    case "int":
      return integerValue(BigInt(raw as number));
    case "long":
      return integerValue(raw as bigint);
    case "float":
    case "double":
      return doubleValue(raw as number);
    case "bytes":
    case "fixed":
      return bytesValue(new Uint8Array(raw as Buffer));
    case "string":
      return stringValue(text(raw));
    case "enum":
      return stringValue(node.symbols[Number(String(raw).slice(1))] ?? "");
    case "array":
      return listValue((raw as unknown[]).map((item) => fromRaw(node.items, item)));
    case "map":
      return mapValue(
        mapOf((raw as Raw[]).map(({ f0, f1 }) => [text(f0), fromRaw(node.values, f1)] as const)),
      );
    case "record":
      return mapValue(
        mapOf(node.fields.map((field, i) => [field.name, fromRaw(field.node, (raw as Raw)[`f${i}`])])),
      );
    case "union": {
      const [name, branch] = Object.entries((raw ?? {}) as Raw)[0] ?? [];
      const chosen = node.branches[node.names.indexOf(name ?? "")];
      if (!chosen) throw new Refusal("no branch of a union");
      return fromRaw(chosen, (branch as Raw)["f0"]);
    }
  }
}

/** What the library writes for a neutral value, which `accepts` must have accepted. */
export function toRaw(node: AvroNode, value: Value): unknown {
  const { kind } = value;
  switch (node.kind) {
    case "null":
      return null;
    case "int":
      return Number(kind.value);
    case "float":
    case "double":
      return Number(kind.value);
    case "long":
      return BigInt(kind.value as bigint | number);
    case "bytes":
    case "fixed":
      return Buffer.from(kind.value as Uint8Array);
    case "string":
      return Buffer.from(kind.value as string);
    case "enum":
      return `s${node.symbols.indexOf(kind.value as string)}`;
    case "array":
      return kind.case === "list" ? kind.value.values.map((item) => toRaw(node.items, item)) : [];
    case "map":
      return Array.from(members(value), ([key, item]) => ({
        f0: Buffer.from(key),
        f1: toRaw(node.values, item),
      }));
    case "record": {
      const found = members(value);
      return Object.fromEntries(
        node.fields.map(({ name, node: type }, i) => [`f${i}`, toRaw(type, found.get(name) ?? nullValue())]),
      );
    }
    case "union": {
      const branch = chooseBranch(node.branches, value);
      const chosen = node.branches[branch];
      if (!chosen) throw new Refusal("no branch of a union fits");
      return { [node.names[branch] ?? ""]: { f0: toRaw(chosen, value) } };
    }
    default:
      return kind.value;
  }
}

/** True if the type can carry the value without changing it. */
export function accepts(node: AvroNode, value: Value): boolean {
  const { kind } = value;
  switch (node.kind) {
    case "null":
    case "boolean":
    case "string":
    case "bytes":
      return kind.case === node.kind;
    case "int": {
      const integer = integerOf(value);
      return integer !== undefined && BigInt.asIntN(32, integer) === integer;
    }
    case "long":
      return integerOf(value) !== undefined;
    case "float": {
      const double = doubleOf(value);
      return double !== undefined && (Math.fround(double) === double || Number.isNaN(double));
    }
    case "double":
      return doubleOf(value) !== undefined;
    case "fixed":
      return kind.case === "bytes" && kind.value.length === node.size;
    case "enum":
      return kind.case === "string" && node.symbols.includes(kind.value);
    case "array":
      return kind.case === "list" && kind.value.values.every((item) => accepts(node.items, item));
    case "map":
      return kind.case === "map" && [...members(value).values()].every((item) => accepts(node.values, item));
    case "union":
      return node.branches.some((branch) => accepts(branch, value));
    case "record": {
      if (kind.case !== "map") return false;
      const found = members(value);
      const names = new Set(node.fields.map((field) => field.name));
      if ([...found.keys()].some((key) => !names.has(key))) return false;
      return node.fields.every(({ name, node: type }) => accepts(type, found.get(name) ?? nullValue()));
    }
  }
}

/** The branch that a value is written in: of those that fit the one closest to it, else the first. */
function chooseBranch(branches: readonly AvroNode[], value: Value): number {
  const fitting = branches.flatMap((branch, i) => (accepts(branch, value) ? [{ branch, i }] : []));
  const preferred = PREFERENCES.flatMap(
    (prefers) => fitting.find(({ branch }) => prefers(branch, value)) ?? [],
  );
  return (preferred[0] ?? fitting[0])?.i ?? -1;
}

const PREFERENCES: readonly ((branch: AvroNode, value: Value) => boolean)[] = [
  ({ kind }, value) => (kind === "int" || kind === "long") && integerOf(value) !== undefined,
  ({ kind }) => kind === "double",
  (branch, value) =>
    branch.kind === "map" || (branch.kind === "record" && branch.fields.length === members(value).size),
];

/** The value as an integer, if it is one, be it spelled as a double. */
function integerOf({ kind }: Value): bigint | undefined {
  if (kind.case === "integer") return kind.value;
  return kind.case === "double" && Number.isSafeInteger(kind.value) ? BigInt(kind.value) : undefined;
}

/** The value as a double, if it is one, be it spelled as an integer. */
function doubleOf({ kind }: Value): number | undefined {
  if (kind.case === "double") return kind.value;
  return kind.case === "integer" && Number.isSafeInteger(Number(kind.value)) ? Number(kind.value) : undefined;
}

function members(value: Value): Map<string, Value> {
  return value.kind.case === "map" ? entriesOf(value.kind.value) : new Map();
}

function text(raw: unknown): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(raw as Buffer);
  } catch {
    throw new Refusal("a text that is not UTF-8");
  }
}
