import { crc32, inflateRawSync } from "node:zlib";
import { EventyError } from "../../../record/index.js";
import { uncompressSnappy } from "./snappy.js";

/** Gives the bytes of a block of a container file, at most `limit` of them. */
export type BlockCodec = (block: Uint8Array, limit: number) => Uint8Array;

const CODECS: ReadonlyMap<string, BlockCodec> = new Map([
  ["null", (block: Uint8Array) => block],
  ["deflate", inflate],
  ["snappy", unsnap],
]);

/**
 * The codec that a container file names for its blocks.
 *
 * @throws EventyError UNKNOWN_ENCODING.
 */
export function blockCodec(name: string): BlockCodec {
  const codec = CODECS.get(name);
  if (codec !== undefined) return codec;
  throw new EventyError(
    "UNKNOWN_ENCODING",
    `the Avro file is compressed with ${JSON.stringify(name)}; readable are ${[...CODECS.keys()].join(", ")}`,
  );
}

/** Behind a block in Snappy stands the CRC-32 of what is in it. */
const CHECKSUM_SIZE = 4;

/** Bytes behind the stream are let pass: Python's Avro library leaves part of a checksum there. */
function inflate(block: Uint8Array, limit: number): Uint8Array {
  try {
    return inflateRawSync(block, { maxOutputLength: limit });
  } catch (cause) {
    if (cause instanceof RangeError) throw tooLarge(limit);
    throw new EventyError("MALFORMED", "a block of the Avro file is not a deflate stream", { cause });
  }
}

function unsnap(block: Uint8Array, limit: number): Uint8Array {
  const end = block.length - CHECKSUM_SIZE;
  const bytes = end < 0 ? undefined : uncompressSnappy(block.subarray(0, end), limit);
  if (bytes === "too large") throw tooLarge(limit);
  if (bytes === undefined)
    throw new EventyError("MALFORMED", "a block of the Avro file is not a Snappy stream");
  if (crc32(bytes) !== Buffer.from(block.buffer, block.byteOffset).readUInt32BE(end)) {
    throw new EventyError("MALFORMED", "a block of the Avro file has another checksum than it says");
  }
  return bytes;
}

function tooLarge(limit: number): EventyError {
  return new EventyError("LIMIT_EXCEEDED", `a block of the Avro file has more than ${limit} bytes`);
}
