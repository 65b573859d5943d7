import avsc, { type Schema, type Type } from "avsc";
import { Refusal } from "../refusal.js";
import type { AvroSchema } from "./schema.js";

/** An Avro type, with what the neutral values need to know of it. */
export type AvroNode =
  | { readonly kind: "null" | "boolean" | "int" | "long" | "float" | "double" | "bytes" | "string" }
  | { readonly kind: "enum"; readonly symbols: readonly string[] }
  | { readonly kind: "fixed"; readonly size: number }
  | { readonly kind: "array"; readonly items: AvroNode }
  | { readonly kind: "map"; readonly values: AvroNode }
  | { readonly kind: "union"; readonly branches: readonly AvroNode[]; readonly names: readonly string[] }
  | { readonly kind: "record"; readonly fields: { readonly name: string; readonly node: AvroNode }[] };

/** An Avro type that reads and writes. */
export interface CompiledAvro {
  readonly node: AvroNode;
  readonly type: Type;
}

/**
 * Compiles a schema for the library, in a disguise of the same bytes that has none of its traps: maps are
 * arrays of entries (it loses the key `__proto__`), texts are bytes (it repairs bad UTF-8), union branches
 * are records of one field with names of their own (it confuses numbers), fields are `f0`, `f1`, ….
 */
export function compileAvro(schema: AvroSchema): CompiledAvro {
  const { node, disguise } = new Compiler().compile(schema, "");
  const type = avsc.Type.forSchema(disguise as Schema, { registry: { long: LONG }, wrapUnions: true });
  return { node, type };
}

interface Pair {
  readonly node: AvroNode;
  readonly disguise: unknown;
}

const PRIMITIVES: ReadonlySet<string> = new Set([
  "null",
  "boolean",
  "int",
  "long",
  "float",
  "double",
  "bytes",
  "string",
]);

class Compiler {
  private readonly named = new Map<string, Pair>();
  private count = 0;

  compile(schema: AvroSchema, namespace: string): Pair {
    if (typeof schema === "string")
      return PRIMITIVES.has(schema) ? primitive(schema) : this.reference(schema, namespace);
    if (Array.isArray(schema)) return this.union(schema, namespace);
    if (typeof schema !== "object" || schema === null) throw new Refusal("not an Avro schema");
    const { type, items, values, symbols, size } = schema as { readonly [key: string]: AvroSchema };
    switch (type) {
      case "array": {
        const inner = this.compile(items ?? "", namespace);
        return {
          node: { kind: "array", items: inner.node },
          disguise: { type: "array", items: inner.disguise },
        };
      }
      case "map": {
        const inner = this.compile(values ?? "", namespace);
        const entry = this.record(["bytes", inner.disguise]);
        return { node: { kind: "map", values: inner.node }, disguise: { type: "array", items: entry } };
      }
      case "enum":
        return this.define(schema, namespace, () => {
          if (!Array.isArray(symbols)) throw new Refusal("an enum without symbols");
          const own = symbols.map((_, i) => `s${i}`);
          return { node: { kind: "enum", symbols }, disguise: { type, name: this.name(), symbols: own } };
        });
      case "fixed":
        return this.define(schema, namespace, () => {
          return { node: { kind: "fixed", size: Number(size) }, disguise: { type, name: this.name(), size } };
        });
      case "record":
      case "error":
        return this.recordType(schema, namespace);
      default:
        return this.compile(type ?? "", namespace);
    }
  }

  private union(branches: readonly AvroSchema[], namespace: string): Pair {
    // The values of a map that can only be empty; the library knows no such type.
    if (branches.length === 0) return { node: { kind: "union", branches: [], names: [] }, disguise: "null" };
    const pairs = branches.map((branch) => this.compile(branch, namespace));
    const records = pairs.map((pair) => this.record([pair.disguise]));
    return {
      node: {
        kind: "union",
        branches: pairs.map((pair) => pair.node),
        names: records.map((record) => record.name),
      },
      disguise: records,
    };
  }

  private recordType(schema: AvroSchema, namespace: string): Pair {
    const {
      fields,
      name,
      namespace: own,
    } = schema as { fields?: unknown; name?: string; namespace?: string };
    if (!Array.isArray(fields)) throw new Refusal("a record without fields");
    const inner = spaceOf(fullName(String(name), own ?? namespace));
    const node: AvroNode = { kind: "record", fields: [] };
    const disguise = { type: "record", name: this.name(), fields: [] as unknown[] };
    this.define(schema, namespace, () => ({ node, disguise: disguise.name }));
    for (const [i, field] of fields.entries()) {
      const pair = this.compile(field.type, inner);
      node.fields.push({ name: field.name, node: pair.node });
      disguise.fields.push({ name: `f${i}`, type: pair.disguise });
    }
    return { node, disguise };
  }

  private record(types: readonly unknown[]): { name: string; type: string; fields: unknown[] } {
    const fields = types.map((type, i) => ({ name: `f${i}`, type }));
    return { type: "record", name: this.name(), fields };
  }

  private define(schema: AvroSchema, namespace: string, make: () => Pair): Pair {
    const { name, namespace: own } = schema as { name?: string; namespace?: string };
    if (name === undefined) throw new Refusal("a type without a name");
    const full = fullName(name, own ?? namespace);
    if (this.named.has(full)) throw new Refusal(`two types named ${full}`);
    const pair = make();
    const used = typeof pair.disguise === "string" ? pair.disguise : (pair.disguise as { name: string }).name;
    this.named.set(full, { node: pair.node, disguise: used });
    return pair;
  }

  private reference(name: string, namespace: string): Pair {
    const pair = this.named.get(fullName(name, namespace)) ?? this.named.get(name);
    if (!pair) throw new Refusal(`no Avro type named ${name}`);
    return pair;
  }

  private name(): string {
    return `n${this.count++}`;
  }
}

function primitive(name: string): Pair {
  return { node: { kind: name } as AvroNode, disguise: name === "string" ? "bytes" : name };
}

function fullName(name: string, namespace: string): string {
  return name.includes(".") || namespace === "" ? name : `${namespace}.${name}`;
}

function spaceOf(full: string): string {
  return full.includes(".") ? full.slice(0, full.lastIndexOf(".")) : "";
}

const LONG = avsc.types.LongType.__with({
  fromBuffer: (buffer: Buffer) => buffer.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const buffer = Buffer.alloc(8);
    buffer.writeBigInt64LE(value);
    return buffer;
  },
  fromJSON: BigInt,
  toJSON: String,
  isValid: (value: unknown) => typeof value === "bigint" && BigInt.asIntN(64, value) === value,
  compare: (one: bigint, other: bigint) => (one === other ? 0 : one < other ? -1 : 1),
});
