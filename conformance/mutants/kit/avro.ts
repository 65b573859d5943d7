import { type AvroNode, compileAvro } from "../../src/oracle/avro/compile.js";
import { encodeValue } from "../../src/oracle/avro/encode.js";
import type { AvroSchema } from "../../src/oracle/avro/schema.js";
import { fromRaw } from "../../src/oracle/avro/values.js";
import { entriesOf, mapOf, mapValue, type Value } from "../../src/oracle/values.js";
import { editFile, parseFile } from "./avro-file.js";

/** The schema of a record in Avro. */
export interface RecordSchema {
  name: string;
  namespace?: string;
  fields: { name: string; type: AvroSchema }[];
}

/** The schema in the header of a container file. */
export function schemaIn(bytes: Buffer): RecordSchema {
  return JSON.parse(String(parseFile(bytes).meta.get("avro.schema")));
}

/** The fields of the one datum of an uncompressed container file, by their names in Avro. */
export function fieldsIn(bytes: Buffer): Map<string, Value> {
  const { meta, blocks } = parseFile(bytes);
  return fieldsOf(JSON.parse(String(meta.get("avro.schema"))), Buffer.concat(blocks.map(({ data }) => data)));
}

/** Edits the schema, and the datum by its fields. What is changed in one must fit the other. */
export function editDatum(
  change: (fields: Map<string, Value>, schema: RecordSchema) => void,
): (bytes: Buffer) => Buffer {
  return editFile(({ meta, blocks }) => {
    const schema: RecordSchema = JSON.parse(String(meta.get("avro.schema")));
    for (const block of blocks.filter(({ count }) => count === 1n)) {
      const fields = fieldsOf(schema as unknown as AvroSchema, block.data);
      change(fields, schema);
      block.data = Buffer.from(encodeValue(mapValue(mapOf(fields)), schema as unknown as AvroSchema));
    }
    meta.set("avro.schema", Buffer.from(JSON.stringify(schema)));
  });
}

/** Edits the bytes of each datum, whatever they are. */
export function editItem(change: (item: Buffer) => Buffer): (bytes: Buffer) => Buffer {
  return editFile(({ blocks }) => {
    for (const block of blocks) block.data = change(block.data);
  });
}

/** What the Avro library holds for a datum: see `compileAvro`. */
export type Raw = { readonly [field: string]: unknown };

/** Edits the datum below the level of values: branches of unions, entries of maps in their order. */
export function editRaw(change: (node: AvroNode, raw: unknown) => unknown): (bytes: Buffer) => Buffer {
  return editFile(({ meta, blocks }) => {
    const { node, type } = compileAvro(JSON.parse(String(meta.get("avro.schema"))));
    for (const block of blocks.filter(({ count }) => count === 1n))
      block.data = type.toBuffer(transform(node, type.fromBuffer(block.data), change));
  });
}

/** Changes a datum and all that is inside of it, from the inside out. */
export function transform(
  node: AvroNode,
  raw: unknown,
  change: (node: AvroNode, raw: unknown) => unknown,
): unknown {
  return change(node, inner(node, raw, change));
}

function inner(node: AvroNode, raw: unknown, change: (node: AvroNode, raw: unknown) => unknown): unknown {
  switch (node.kind) {
    case "array":
      return (raw as unknown[]).map((item) => transform(node.items, item, change));
    case "map":
      return (raw as Raw[]).map(({ f0, f1 }) => ({ f0, f1: transform(node.values, f1, change) }));
    case "record":
      return Object.fromEntries(
        node.fields.map((field, i) => [`f${i}`, transform(field.node, (raw as Raw)[`f${i}`], change)]),
      );
    case "union": {
      const [name = "", branch] = Object.entries(raw as Raw)[0] ?? [];
      const chosen = node.branches[node.names.indexOf(name)];
      return chosen ? { [name]: { f0: transform(chosen, (branch as Raw)["f0"], change) } } : raw;
    }
    default:
      return raw;
  }
}

function fieldsOf(schema: AvroSchema, item: Buffer): Map<string, Value> {
  const { node, type } = compileAvro(schema);
  const { kind } = fromRaw(node, type.fromBuffer(item));
  return entriesOf(kind.case === "map" ? kind.value : undefined);
}
