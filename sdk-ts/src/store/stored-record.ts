/** One partition of a topic. */
export interface TopicPartition {
  readonly topic: string;
  /** From 0 to the number of partitions of the topic, exclusive. */
  readonly partition: number;
}

/** The place of one record. */
export interface Position extends TopicPartition {
  /** Counts the records of the partition from 0. Grows with each record; a store may leave gaps. */
  readonly offset: number;
}

/** Texts that travel beside the bytes, such as `content-type`. Names are in lower case. */
export type Headers = Readonly<Record<string, string>>;

/** Bytes to append. */
export interface NewRecord {
  readonly topic: string;
  /** Default: that of the key; without a key, any. */
  readonly partition?: number;
  /** Decides the partition; records of one key stay in order. Null: any partition. */
  readonly key: string | null;
  /** The encoded record. Null: a tombstone, which says that the key has no value any more. */
  readonly value: Uint8Array | null;
  /** Default: none. */
  readonly headers?: Headers;
}

/** Bytes as they stand in a topic. */
export interface StoredRecord extends Position {
  readonly key: string | null;
  readonly value: Uint8Array | null;
  readonly headers: Headers;
  /** When the record was appended, in milliseconds since 1970-01-01T00:00:00Z by the clock of the store. */
  readonly appendedAt: number;
}

/** A partition in the words of messages: `orders-events/3`. */
export function partitionName({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`;
}
