import { crc32, deflateRawSync } from "node:zlib";
import avro from "avsc";
import snappy from "snappyjs";

const HEADER = avro.Type.forSchema({
  type: "record",
  name: "Header",
  fields: [
    { name: "magic", type: { type: "fixed", name: "Magic", size: 4 } },
    { name: "meta", type: { type: "map", values: "bytes" } },
    { name: "sync", type: { type: "fixed", name: "Sync", size: 16 } },
  ],
});
const SYNC = Buffer.from("0123456789abcdef");
const MAGIC = Buffer.from("Obj\x01", "latin1");

/** Longs as this project has them: a number where that is exact, else a bigint. */
const LONG = avro.types.LongType.__with({
  fromBuffer: (bytes: Buffer) => narrow(bytes.readBigInt64LE()),
  toBuffer: (value: number | bigint) => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(value));
    return bytes;
  },
  fromJSON: (value: unknown) => value,
  toJSON: (value: unknown) => value,
  isValid: (value: unknown) => Number.isSafeInteger(value) || typeof value === "bigint",
  compare: (a: number, b: number) => Number(a > b) - Number(a < b),
});

/** The type that the package avsc makes of a schema; for a union without branches, which it refuses, that of null. */
export function avscType(schema: unknown): avro.Type {
  const options = {
    registry: { long: LONG },
    wrapUnions: true,
    typeHook: (one: unknown) =>
      Array.isArray(one) && one.length === 0 ? avro.Type.forSchema("null") : undefined,
  };
  return avro.Type.forSchema(schema as avro.Schema, options as unknown as avro.ForSchemaOptions);
}

/** What avsc reads in bytes, without the wrappers of its unions. */
export function avscRead(type: avro.Type, bytes: Uint8Array): unknown {
  return unwrap(type, type.fromBuffer(Buffer.from(bytes)));
}

/** The schema of a container file, as avsc reads its header. */
export function schemaIn(file: Uint8Array): unknown {
  const { value } = HEADER.decode(Buffer.from(file)) as { value: { meta: { [key: string]: Buffer } } };
  return JSON.parse(String(value.meta["avro.schema"]));
}

/** A container file with blocks of records. */
export function containerOf(
  schema: unknown,
  blocks: readonly (readonly Uint8Array[])[],
  codec: string | null = null,
): Uint8Array {
  return containerOfText(JSON.stringify(schema), blocks, codec);
}

/** The same, with the text of its schema. */
export function containerOfText(
  schemaText: string,
  blocks: readonly (readonly Uint8Array[])[],
  codec: string | null = null,
): Uint8Array {
  const meta: { [key: string]: Buffer } = { "avro.schema": Buffer.from(schemaText) };
  if (codec !== null) meta["avro.codec"] = Buffer.from(codec);
  const long = avro.Type.forSchema("long");
  const parts = blocks.flatMap((records) => {
    const block = compress(Buffer.concat(records), codec);
    return [long.toBuffer(records.length), long.toBuffer(block.length), block, SYNC];
  });
  return Buffer.concat([HEADER.toBuffer({ magic: MAGIC, meta, sync: SYNC }), ...parts]);
}

function compress(block: Buffer, codec: string | null): Buffer {
  if (codec === "deflate") return deflateRawSync(block);
  if (codec !== "snappy") return block;
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(block));
  return Buffer.concat([snappy.compress(block), checksum]);
}

function unwrap(type: avro.Type, value: unknown): unknown {
  if (type instanceof avro.types.WrappedUnionType) {
    if (value === null) return null;
    const [[name, member]] = Object.entries(value as object) as [[string, unknown]];
    const branch = type.types.find((candidate) => candidate.branchName === name);
    return branch === undefined ? undefined : unwrap(branch, member);
  }
  if (type instanceof avro.types.ArrayType) {
    return (value as unknown[]).map((item) => unwrap(type.itemsType, item));
  }
  if (type instanceof avro.types.MapType) {
    return mapValues(value as object, (member) => unwrap(type.valuesType, member));
  }
  if (type instanceof avro.types.RecordType) {
    const types = new Map(type.fields.map((field) => [field.name, field.type]));
    return mapValues(value as object, (member, name) => {
      const fieldType = types.get(name);
      return fieldType === undefined ? undefined : unwrap(fieldType, member);
    });
  }
  return value instanceof Uint8Array ? new Uint8Array(value) : value;
}

function mapValues(map: object, change: (value: unknown, key: string) => unknown): unknown {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}

function narrow(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
