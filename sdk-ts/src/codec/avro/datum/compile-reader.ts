import { setMember, type Value } from "../../../record/index.js";
import type { RecordSchema, Schema, UnionSchema } from "../schema/schema.js";
import { BinaryReader } from "./binary-reader.js";
import type { DatumReader } from "./datum-reader.js";

/** A reader, and the least number of bytes that a value takes. */
interface Compiled {
  readonly read: DatumReader;
  readonly size: number;
}

/**
 * A function that reads values of the schema, for many calls.
 *
 * Why not the package `avsc`: it rounds or refuses 64-bit integers, refuses the
 * union without branches that protocol 3.4 writes, sets prototypes through keys
 * named `__proto__`, and counts to whatever number hostile bytes say.
 */
export function compileReader(schema: Schema): DatumReader {
  return new ReaderCompiler().compile(schema).read;
}

/** The one value that the bytes hold, all of them. */
export function readDatum(read: DatumReader, bytes: Uint8Array): Value {
  const reader = new BinaryReader(bytes);
  const value = read(reader);
  reader.end();
  return value;
}

class ReaderCompiler {
  readonly #records = new Map<RecordSchema, Compiled>();

  compile(schema: Schema): Compiled {
    switch (schema.type) {
      case "null":
        return { read: () => null, size: 0 };
      case "boolean":
        return { read: (reader) => reader.boolean(), size: 1 };
      case "int":
        return { read: (reader) => reader.int(), size: 1 };
      case "long":
        return { read: (reader) => reader.long(), size: 1 };
      case "float":
        return { read: (reader) => reader.float(), size: 4 };
      case "double":
        return { read: (reader) => reader.double(), size: 8 };
      case "bytes":
        return { read: (reader) => reader.bytes(), size: 1 };
      case "string":
        return { read: (reader) => reader.string(), size: 1 };
      case "fixed":
        return { read: (reader) => reader.fixed(schema.size), size: schema.size };
      case "enum":
        return { read: (reader) => pick(reader, schema.symbols, "symbol"), size: 1 };
      case "array":
        return { read: arrayReader(this.compile(schema.items)), size: 1 };
      case "map":
        return { read: mapReader(this.compile(schema.values)), size: 1 };
      case "union":
        return this.#union(schema);
      case "record":
        return this.#records.get(schema) ?? this.#record(schema);
    }
  }

  #union(schema: UnionSchema): Compiled {
    const compiled = schema.branches.map((branch) => this.compile(branch));
    const branches = compiled.map(({ read }) => read);
    return {
      read: (reader) => pick(reader, branches, "branch")(reader),
      size: 1 + compiled.reduce((least, { size }) => Math.min(least, size), Number.POSITIVE_INFINITY),
    };
  }

  #record(schema: RecordSchema): Compiled {
    // Fields that lead back here find this entry, in which the real reader comes later.
    let read: DatumReader | undefined;
    this.#records.set(schema, { read: (reader) => (read ?? nothing)(reader), size: 0 });
    const fields = schema.fields.map(({ name, schema: type }) => ({ name, ...this.compile(type) }));
    read = recordReader(fields);
    const compiled = { read, size: fields.reduce((sum, { size }) => sum + size, 0) };
    this.#records.set(schema, compiled);
    return compiled;
  }
}

function nothing(reader: BinaryReader): never {
  throw reader.malformed("a record was read before its schema was complete");
}

function pick<T>(reader: BinaryReader, choices: readonly T[], what: string): T {
  const index = reader.long();
  const choice = typeof index === "number" ? choices[index] : undefined;
  if (choice === undefined) throw reader.malformed(`there is no ${what} ${index}`);
  return choice;
}

function arrayReader({ read, size }: Compiled): DatumReader {
  return (reader) => {
    reader.enter();
    const items: Value[] = [];
    for (let count = reader.block(size); count > 0; count = reader.block(size)) {
      const end = reader.blockEnd;
      for (let item = 0; item < count; item++) items.push(read(reader));
      reader.endBlock(end);
    }
    reader.leave();
    return items;
  };
}

function mapReader({ read, size }: Compiled): DatumReader {
  return (reader) => {
    reader.enter();
    const map: { [key: string]: Value } = {};
    for (let count = reader.block(1 + size); count > 0; count = reader.block(1 + size)) {
      const end = reader.blockEnd;
      for (let item = 0; item < count; item++) {
        const key = reader.string();
        const value = read(reader);
        setMember(map, key, value);
      }
      reader.endBlock(end);
    }
    reader.leave();
    return map;
  };
}

function recordReader(fields: readonly (Compiled & { readonly name: string })[]): DatumReader {
  // Copies of a template have all their keys from the start: fast, and an own `__proto__` stays an own key.
  const template = Object.fromEntries(fields.map(({ name }): [string, Value] => [name, null]));
  const names = fields.map(({ name }) => name);
  const readers = fields.map(({ read }) => read);
  const free = 1 + fields.filter(({ size }) => size === 0).length;
  return (reader) => {
    reader.enter();
    reader.charge(free);
    const record = { ...template };
    let index = 0;
    for (const name of names) record[name] = readers[index++]?.(reader) as Value;
    reader.leave();
    return record;
  };
}
