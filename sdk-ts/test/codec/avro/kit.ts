import { BinaryWriter } from "../../../src/codec/avro/datum/binary-writer.js";
import { compileReader, readDatum } from "../../../src/codec/avro/datum/compile-reader.js";
import { compileWriter } from "../../../src/codec/avro/datum/compile-writer.js";
import { parseSchema } from "../../../src/codec/avro/schema/parse-schema.js";
import { NestedError, type Value } from "../../../src/record/index.js";

export const SYNC: Uint8Array = Buffer.from("sixteen bytes it");

/** The binary encoding of a value. */
export function write(schema: unknown, value: unknown): Buffer {
  const writer = new BinaryWriter();
  try {
    compileWriter(parseSchema(schema))(writer, value);
  } catch (error) {
    throw NestedError.at("", error);
  }
  return Buffer.from(writer.written());
}

/** The value that all of the bytes are. */
export function read(schema: unknown, bytes: Uint8Array): Value {
  return readDatum(compileReader(parseSchema(schema)), bytes);
}

/** A variable-length zigzag integer. */
export function long(value: number | bigint): Buffer {
  return write("long", value);
}

/** A text behind its length. */
export function text(value: string): Buffer {
  return write("string", value);
}

/** A container file; its blocks are given with their counts. */
export function file(
  schema: unknown,
  blocks: readonly (readonly [count: number, bytes: Uint8Array])[],
  codec = "null",
): Buffer {
  const header = [text("avro.codec"), text(codec), text("avro.schema"), text(JSON.stringify(schema))];
  const written = blocks.flatMap(([count, bytes]) => [long(count), long(bytes.length), bytes, SYNC]);
  return Buffer.concat([Buffer.from("Obj\u0001"), long(2), ...header, long(0), SYNC, ...written]);
}
