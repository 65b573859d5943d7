import type { TopicPartition } from "../../stored-record.js";
import { ByteReader } from "../client/byte-reader.js";
import { ByteWriter } from "../client/byte-writer.js";
import { readPartitions, writePartitions } from "./partition-list.js";

const VERSION = 1;

/** What a member tells its group when it joins. */
export interface Subscription {
  readonly topics: readonly string[];
  /** Partitions that it has not given up. */
  readonly owned: readonly TopicPartition[];
}

export function encodeSubscription({ topics, owned }: Subscription): Buffer {
  const writer = new ByteWriter();
  writer.int16(VERSION);
  writer.list(topics, (topic) => writer.text(topic));
  writer.int32(-1);
  writePartitions(writer, owned);
  return writer.bytes;
}

/**
 * Reads those of any version: what a later one adds comes behind. In version 0 nobody owns anything.
 *
 * @throws RangeError if it is not one
 */
export function decodeSubscription(bytes: Buffer): Subscription {
  const reader = new ByteReader(bytes);
  const version = reader.int16();
  const topics = reader.list(() => reader.text() ?? "");
  reader.take(Math.max(reader.int32(), 0));
  return { topics, owned: version >= 1 ? readPartitions(reader) : [] };
}
