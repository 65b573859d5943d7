import { EventyError } from "../../../record/index.js";
import { type Headers, partitionName, type StoredRecord, type TopicPartition } from "../../stored-record.js";
import type { KafkaJs } from "../client/kafkajs.js";
import { AT, ATTRIBUTE, LENGTH_END, MAGIC } from "./batch-header.js";
import { crc32c } from "./crc32c.js";
import { RecordReader } from "./record-reader.js";

/** A batch as it stands in a log: of which producer, and with which records. */
export interface LogBatch {
  /** Offset behind its last one, also where that holds no record any more. */
  readonly next: number;
  readonly baseOffset: number;
  readonly producerId: number;
  readonly isTransactional: boolean;
  /** It is a marker, which says that a transaction ended. */
  readonly isControl: boolean;
  readonly attributes: number;
  /** Bytes of the batch. */
  readonly bytes: Buffer;
}

/**
 * The batches of an answer. The last one may be cut off: then it is not there.
 *
 * @throws EventyError STORE_FAILED if one was damaged, or is of a Kafka before 0.11
 */
export function* batchesOf(log: Buffer, partition: TopicPartition): Generator<LogBatch, void, undefined> {
  for (let at = 0; at + AT.CRC <= log.length; ) {
    const end = at + LENGTH_END + log.readInt32BE(at + AT.LENGTH);
    const magic = log[at + AT.MAGIC];
    if (magic !== MAGIC)
      throw damaged(partition, int64(log, at), `is of the format ${magic}, and not ${MAGIC}`);
    if (end < at + AT.RECORDS) throw damaged(partition, int64(log, at), "is too short");
    if (end > log.length) return;
    yield batchOf(log.subarray(at, end), partition);
    at = end;
  }
}

function batchOf(bytes: Buffer, partition: TopicPartition): LogBatch {
  const baseOffset = int64(bytes, AT.BASE_OFFSET);
  if (crc32c(bytes, AT.ATTRIBUTES, bytes.length) !== bytes.readUInt32BE(AT.CRC)) {
    throw damaged(partition, baseOffset, "does not match its checksum");
  }
  const attributes = bytes.readInt16BE(AT.ATTRIBUTES);
  return {
    next: baseOffset + bytes.readInt32BE(AT.LAST_OFFSET_DELTA) + 1,
    baseOffset,
    producerId: int64(bytes, AT.PRODUCER_ID),
    isTransactional: (attributes & ATTRIBUTE.TRANSACTIONAL) !== 0,
    isControl: (attributes & ATTRIBUTE.CONTROL) !== 0,
    attributes,
    bytes,
  };
}

/** The bytes of the records of a batch. @throws EventyError STORE_FAILED if there is no codec for them */
export async function decompressed(
  { bytes, attributes, baseOffset }: LogBatch,
  partition: TopicPartition,
  { compression }: KafkaJs,
): Promise<Buffer> {
  try {
    const codec = compression.lookupCodecByAttributes(attributes);
    if (codec === null) throw new Error(`There is no compression ${attributes & ATTRIBUTE.COMPRESSION}.`);
    return await codec.decompress(bytes.subarray(AT.RECORDS));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const hint = "CompressionCodecs of kafkajs needs a codec for it, if it is not damaged";
    throw damaged(partition, baseOffset, `cannot be decompressed (${reason}): ${hint}`, cause);
  }
}

/** How many records a batch has. */
export function recordCount({ bytes }: LogBatch): number {
  return bytes.readInt32BE(AT.RECORD_COUNT);
}

/**
 * The records of a batch from an offset on. Values are views on the bytes.
 *
 * @param bytes where its records are, from `at` on
 * @throws EventyError STORE_FAILED if they are not the records of a batch
 */
export function recordsOf(
  batch: LogBatch,
  partition: TopicPartition,
  from: number,
  bytes: Buffer,
  at: number,
): StoredRecord[] {
  const { topic, partition: number } = partition;
  const { baseOffset, attributes } = batch;
  const count = recordCount(batch);
  const baseTime = int64(batch.bytes, AT.BASE_TIMESTAMP);
  const appendTime =
    (attributes & ATTRIBUTE.LOG_APPEND_TIME) === 0 ? undefined : int64(batch.bytes, AT.MAX_TIMESTAMP);
  const reader = new RecordReader(bytes, at);
  const records: StoredRecord[] = [];
  try {
    for (let left = count; left > 0; left--) {
      const end = reader.begin();
      const time = reader.varlong();
      const offset = baseOffset + reader.varint();
      if (offset >= from) {
        const key = reader.text();
        const value = reader.bytesOrNull();
        const headers: Headers = reader.headers(end);
        records.push({
          topic,
          partition: number,
          offset,
          key,
          value,
          headers,
          appendedAt: appendTime ?? baseTime + time,
        });
      }
      reader.at = end;
    }
  } catch (cause) {
    throw damaged(partition, baseOffset, "has records that cannot be read", cause);
  }
  return records;
}

function int64(bytes: Buffer, at: number): number {
  return bytes.readInt32BE(at) * 2 ** 32 + bytes.readUInt32BE(at + 4);
}

function damaged(partition: TopicPartition, offset: number, what: string, cause?: unknown): EventyError {
  return new EventyError("STORE_FAILED", `The batch at ${offset} of ${partitionName(partition)} ${what}.`, {
    cause,
  });
}
