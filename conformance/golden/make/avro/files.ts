import { avroFields, encodeItem, encodeValue } from "../../../src/oracle/avro/encode.js";
import { inferFields } from "../../../src/oracle/avro/infer.js";
import { type AvroSchema, avroSchemaOf } from "../../../src/oracle/avro/schema.js";
import type { NeutralRecord } from "../../../src/oracle/index.js";
import { mapOf, mapValue, type Plain, type PlainMap, toValue } from "../../../src/oracle/values.js";
import { recordOf, schemaOf } from "../base.js";
import { decodeLines } from "../decode-lines.js";
import { block, envelope, eventSchema, file, long } from "./bytes.js";

/** The record that most files hold. */
export const PLAIN = recordOf({ data: { order: 42, note: "ok" } });
const PLAIN_SCHEMA = eventSchema(inferFields(PLAIN));
export const PLAIN_ITEM = encodeItem(PLAIN, PLAIN_SCHEMA);
const BARE = recordOf();

export const { accept, refuse } = decodeLines("avro");

/** A container file of the plain record, but for the given parts. */
export function plainFile(parts: Partial<Parameters<typeof file>[0]>): Buffer {
  return file({ schema: PLAIN_SCHEMA, blocks: [block(PLAIN_ITEM)], ...parts });
}

/** A file of an event whose data has one field, `v`, of this type and these bytes. */
export function typed(type: AvroSchema, ...bytes: Uint8Array[]): Buffer {
  return file({
    schema: eventSchema([{ name: "v", type }]),
    blocks: [block(Buffer.concat([envelope(BARE, "data"), ...bytes]))],
  });
}

/** Data of that one field. */
export function v(value: Plain): { data: PlainMap } {
  return { data: { v: value } };
}

/** A file of an event with this context in bytes, and no data. */
export function withContext(...bytes: Uint8Array[]): Buffer {
  return file({
    schema: eventSchema(),
    blocks: [block(Buffer.concat([envelope(BARE, "context"), ...bytes]))],
  });
}

/** Metadata of a file whose blocks are deflated. */
export const DEFLATE = { "avro.codec": "deflate" };

export const NUMBERS: AvroSchema = ["int", "long", "float", "double"];

/** A type that holds itself. */
export const TREE: AvroSchema = {
  type: "record",
  name: "Tree",
  fields: [{ name: "in", type: ["null", "Tree"] }],
};

/** A chain of nested records, the innermost of which has a null. */
export function tree(levels: number): Buffer {
  return Buffer.concat([...Array.from({ length: levels - 1 }, () => long(1)), long(0)]);
}

type Changes = { readonly [field: string]: readonly [type: AvroSchema, value: Plain] | null };

/** A file whose schema and datum lack fields of the record, or have others. */
export function changed(
  record: NeutralRecord,
  changes: Changes,
  header: { name?: string; namespace?: string } = {},
): Buffer {
  const base = avroSchemaOf(schemaOf(record, inferFields(record))) as unknown as AvroRecord;
  const types = new Map(base.fields.map((field) => [field.name, field.type]));
  const values = new Map(avroFields(record));
  for (const [name, change] of Object.entries(changes)) {
    types.delete(name);
    values.delete(name);
    if (change === null) continue;
    types.set(name, change[0]);
    values.set(name, toValue(change[1]));
  }
  const schema = {
    ...base,
    ...header,
    fields: Array.from(types, ([name, type]) => ({ name, type })),
  } as AvroSchema;
  return file({ schema, blocks: [block(encodeValue(mapValue(mapOf(values)), schema))] });
}

interface AvroRecord {
  readonly fields: readonly { readonly name: string; readonly type: AvroSchema }[];
}
