import { murmur2 } from "./murmur2.js";

/**
 * Chooses the partition of a key: from 0 to `partitions`, exclusive, and always the same one.
 *
 * All who write to a topic have to use the same one, else records of one key are not in order.
 */
export type Partitioner = (key: string, partitions: number) => number;

const utf8 = new TextEncoder();

/**
 * The partitioner of the protocol, which is also the default of Kafka's own clients: murmur2 of the key in UTF-8.
 */
export function murmur2Partitioner(key: string, partitions: number): number {
  if (partitions === 1) return 0;
  return (murmur2(utf8.encode(key)) & 0x7fffffff) % partitions;
}
