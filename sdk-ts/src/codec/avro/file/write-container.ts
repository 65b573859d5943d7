import { BinaryWriter } from "../datum/binary-writer.js";
import { CONTAINER_MAGIC, SYNC_SIZE } from "./format.js";

const COUNTS = new BinaryWriter();

/** The header of a file without compression, up to its sync marker. */
export function containerHeader(schemaText: string): Uint8Array {
  const writer = new BinaryWriter();
  writer.fixed(CONTAINER_MAGIC);
  writer.long(2);
  writer.string("avro.codec");
  writer.bytes(Buffer.from("null"));
  writer.string("avro.schema");
  writer.bytes(Buffer.from(schemaText));
  writer.long(0);
  return writer.written().slice();
}

/** A file with one record, in one block. */
export function writeContainer(header: Uint8Array, sync: Uint8Array, datum: Uint8Array): Uint8Array {
  COUNTS.reset();
  COUNTS.long(1);
  COUNTS.long(datum.length);
  const counts = COUNTS.written();
  const file = new Uint8Array(header.length + SYNC_SIZE + counts.length + datum.length + SYNC_SIZE);
  let position = 0;
  for (const part of [header, sync, counts, datum, sync]) {
    file.set(part, position);
    position += part.length;
  }
  return file;
}
