import type { EventyRecord } from "../../record/index.js";
import { BinaryReader } from "./datum/binary-reader.js";
import { CONTAINER_MAGIC, readBlock, readHeader } from "./file/format.js";
import { uuidOfDatum } from "./legacy/legacy-uuid.js";
import { SchemaCache } from "./schema-cache.js";
import { toRecord } from "./to-record.js";

/** Bounds of what is read from a container file. */
export interface ContainerOptions {
  /**
   * Bytes that one block may have once it is uncompressed.
   *
   * @defaultValue 64 MiB
   */
  readonly maxBlockBytes?: number;
}

const MAX_BLOCK_BYTES = 64 * 1024 * 1024;

/**
 * All records of an Avro object container file, such as an archive, one after the other.
 *
 * Block by block: records before a defect are given, then the error is thrown.
 *
 * @throws EventyError MALFORMED, INVALID_SCHEMA, INVALID_RECORD, UNSUPPORTED_VERSION, UNKNOWN_ENCODING
 * for another compression than deflate and snappy, LIMIT_EXCEEDED.
 */
export function readContainer(bytes: Uint8Array, options: ContainerOptions = {}): Generator<EventyRecord> {
  return readRecords(bytes, new SchemaCache(), options);
}

/** The same, with a cache of the schemas that files hold. */
export function* readRecords(
  bytes: Uint8Array,
  schemas: SchemaCache,
  { maxBlockBytes = MAX_BLOCK_BYTES }: ContainerOptions,
  missingUuid?: () => string,
): Generator<EventyRecord> {
  const file = new BinaryReader(bytes);
  const header = readHeader(file);
  const { schema, read } = schemas.get(header.schemaText);
  let index = 0;
  while (file.remaining > 0) {
    const block = readBlock(file, header, maxBlockBytes);
    const reader = new BinaryReader(block.bytes);
    for (let item = 0; item < block.count; item++) {
      const start = reader.position;
      const datum = read(reader);
      const end = reader.position;
      const place = index++;
      yield toRecord(
        schema,
        datum,
        missingUuid ?? (() => uuidOfDatum(header.sync, place, block.bytes.subarray(start, end))),
      );
    }
    reader.end();
  }
}

/** Whether bytes begin as a container file. */
export function beginsAsContainer(bytes: Uint8Array): boolean {
  return CONTAINER_MAGIC.every((byte, index) => bytes[index] === byte);
}
