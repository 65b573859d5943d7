import type { TopicPartition } from "../../stored-record.js";
import { ByteReader } from "../client/byte-reader.js";
import { ByteWriter } from "../client/byte-writer.js";
import { readPartitions, writePartitions } from "./partition-list.js";

const VERSION = 1;

/** What the leader of a group tells a member. */
export function encodeAssignment(partitions: readonly TopicPartition[]): Buffer {
  const writer = new ByteWriter();
  writer.int16(VERSION);
  writePartitions(writer, partitions);
  writer.int32(-1);
  return writer.bytes;
}

/**
 * Reads those of any version; nothing at all is no partitions.
 *
 * @throws RangeError if it is not one
 */
export function decodeAssignment(bytes: Buffer): readonly TopicPartition[] {
  if (bytes.length === 0) return [];
  const reader = new ByteReader(bytes);
  reader.int16();
  return readPartitions(reader);
}
