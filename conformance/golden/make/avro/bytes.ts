import { crc32 } from "node:zlib";
import { compress } from "snappyjs";
import { encodeItem } from "../../../src/oracle/avro/encode.js";
import { type AvroSchema, avroSchemaOf, type EventySchema } from "../../../src/oracle/avro/schema.js";
import type { NeutralRecord } from "../../../src/oracle/index.js";

/** A variable-length zigzag integer. */
export function long(value: bigint | number): Buffer {
  let rest = BigInt.asUintN(64, (BigInt(value) << 1n) ^ (BigInt(value) >> 63n));
  const bytes: number[] = [];
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(rest)]);
}

/** A text or bytes behind their length. */
export function sized(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content as string);
  return Buffer.concat([long(bytes.length), bytes]);
}

/** The parts of an Avro container file, each of which may be wrong. */
export interface File {
  readonly schema?: AvroSchema;
  /** Metadata; undefined removes an entry. */
  readonly meta?: { readonly [key: string]: string | undefined };
  readonly blocks: readonly Uint8Array[];
}

export const SYNC: Buffer = Buffer.from("eventy-golden-16");

/** The bytes of a container file; what they hold need not make sense. */
export function file({ schema, meta = {}, blocks }: File): Buffer {
  const entries = Object.entries({
    "avro.codec": "null",
    "avro.schema": schema === undefined ? undefined : JSON.stringify(schema),
    ...meta,
  });
  const written = entries.flatMap(([key, value]) => (value === undefined ? [] : [sized(key), sized(value)]));
  const header = [Buffer.from("Obj\u0001"), long(written.length / 2), ...written, long(0), SYNC];
  return Buffer.concat([...header, ...blocks]);
}

/** A block of a container file. */
export function block(items: Uint8Array, count: bigint | number = 1, sync: Uint8Array = SYNC): Buffer {
  return Buffer.concat([long(count), sized(items), sync]);
}

/** The binary encoding of a record's fields, up to its data or up to its context. */
export function envelope(record: NeutralRecord, upTo: "data" | "context"): Buffer {
  const bare = { ...record, context: [], payload: { case: undefined } } as NeutralRecord;
  const schema = avroSchemaOf({ protocol_version: "3.5.0", namespace: "urn:x", name: "X", type: "EVENT" });
  const item = Buffer.from(encodeItem(bare, schema));
  // An empty context is one byte, and empty data of an event none.
  return upTo === "data" ? item : item.subarray(0, -1);
}

/** The Avro schema of events whose data has these fields. */
export function eventSchema(fields: NonNullable<EventySchema["data_fields"]> = []): AvroSchema {
  return avroSchemaOf({
    protocol_version: "3.5.0",
    namespace: "urn:payments",
    name: "Charge",
    type: "EVENT",
    data_fields: fields,
  });
}

/** A double. */
export function double(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
}

/** A float. */
export function float(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}

/** Items as snappy holds them, with their checksum or another one. */
export function snappy(items: Uint8Array, checksum = crc32(items)): Buffer {
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(checksum >>> 0);
  return Buffer.concat([compress(items), tail]);
}
