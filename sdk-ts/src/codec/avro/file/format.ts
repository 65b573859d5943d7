import { EventyError } from "../../../record/index.js";
import type { BinaryReader } from "../datum/binary-reader.js";
import { type BlockCodec, blockCodec } from "./block-codecs.js";

/** What an Avro object container file begins with: `Obj`, 1. */
export const CONTAINER_MAGIC: Uint8Array = Uint8Array.of(0x4f, 0x62, 0x6a, 1);
export const SYNC_SIZE = 16;

/** What the header of a container file says. */
export interface ContainerHeader {
  readonly schemaText: string;
  readonly codec: BlockCodec;
  /** The bytes that follow the header and each block. */
  readonly sync: Uint8Array;
}

/** Some records of a container file, uncompressed. */
export interface ContainerBlock {
  readonly count: number | bigint;
  readonly bytes: Uint8Array;
}

/** @throws EventyError MALFORMED, UNKNOWN_ENCODING. */
export function readHeader(file: BinaryReader): ContainerHeader {
  if (Buffer.compare(file.view(CONTAINER_MAGIC.length), CONTAINER_MAGIC) !== 0) {
    throw new EventyError("MALFORMED", "the bytes do not begin as an Avro container file");
  }
  let schemaText: string | undefined;
  let codec = "null";
  // An entry takes two bytes at least: the lengths of its key and its value.
  for (let count = file.block(2); count > 0; count = file.block(2)) {
    const end = file.blockEnd;
    for (let entry = 0; entry < count; entry++) {
      const key = file.string();
      if (key === "avro.schema") schemaText = file.string();
      else if (key === "avro.codec") codec = file.string();
      else file.skipBytes();
    }
    file.endBlock(end);
  }
  if (schemaText === undefined) throw file.malformed("the file has no schema in its header");
  return { schemaText, codec: blockCodec(codec), sync: file.view(SYNC_SIZE) };
}

/** @throws EventyError MALFORMED, LIMIT_EXCEEDED. */
export function readBlock(file: BinaryReader, header: ContainerHeader, limit: number): ContainerBlock {
  const count = file.long();
  if (count < 0) throw file.malformed(`${count} is not a count of records`);
  const bytes = file.view(file.length());
  if (Buffer.compare(file.view(SYNC_SIZE), header.sync) !== 0) {
    throw file.malformed("the sync marker behind a block is not that of the header");
  }
  return { count, bytes: header.codec(bytes, limit) };
}
