import { createRequire } from "node:module";

// kafkajs has a codec of its own, written by others: what the two agree on is right.
const require = createRequire(import.meta.url);

export interface KafkaJsRecord {
  readonly offset: string;
  readonly timestamp: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, Buffer | null | (Buffer | null)[]>>;
  readonly isControlRecord: boolean;
}

export interface KafkaJsBatch {
  readonly firstOffset: string;
  readonly firstSequence: number;
  readonly producerId: string;
  readonly producerEpoch: number;
  readonly inTransaction: boolean;
  readonly lastOffsetDelta: number;
  readonly records: readonly KafkaJsRecord[];
}

export interface KafkaJsMessage {
  readonly key: string | Buffer | null;
  readonly value: Uint8Array | null;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
}

interface Encoded {
  readonly buffer: Buffer;
}

const { RecordBatch } = require("kafkajs/src/protocol/recordBatch/v0/index.js");
const encodeRecord = require("kafkajs/src/protocol/recordBatch/record/v0/index.js");
const decodeBatch = require("kafkajs/src/protocol/recordBatch/v0/decoder.js");
const Decoder = require("kafkajs/src/protocol/decoder.js");

export const crc32c: (bytes: Buffer) => number = require("kafkajs/src/protocol/recordBatch/crc32C/index.js");

export interface BatchSettings {
  readonly now: number;
  readonly producerId?: string;
  readonly producerEpoch?: number;
  readonly firstSequence?: number;
  readonly transactional?: boolean;
  /** 1: gzip. */
  readonly compression?: number;
}

export async function encodeWithKafkaJs(
  messages: readonly KafkaJsMessage[],
  { now, ...settings }: BatchSettings,
): Promise<Buffer> {
  const records: Encoded[] = messages.map(({ key, value, headers = {} }, offsetDelta) =>
    encodeRecord({ offsetDelta, timestampDelta: 0, key, value: value && Buffer.from(value), headers }),
  );
  const batch: Encoded = await RecordBatch({
    records,
    firstTimestamp: now,
    maxTimestamp: now,
    lastOffsetDelta: records.length - 1,
    ...settings,
  });
  return batch.buffer;
}

export function decodeWithKafkaJs(bytes: Buffer): Promise<KafkaJsBatch> {
  return decodeBatch(new Decoder(bytes));
}
