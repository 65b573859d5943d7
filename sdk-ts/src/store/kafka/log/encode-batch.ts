import { EventyError } from "../../../record/index.js";
import type { NewRecord } from "../../stored-record.js";
import { AT, ATTRIBUTE, LENGTH_END, MAGIC } from "./batch-header.js";
import { crc32c } from "./crc32c.js";

/** Who appends a batch. */
export interface BatchProducer {
  readonly producerId: string;
  readonly producerEpoch: number;
  /** How many records it has appended to the partition before. */
  readonly sequence: number;
  readonly isTransactional: boolean;
}

/** Whoever appends without an id, outside of transactions. */
export const NOBODY: BatchProducer = {
  producerId: "-1",
  producerEpoch: -1,
  sequence: -1,
  isTransactional: false,
};

/** The bytes of records as Kafka keeps them: a batch of format 2, not compressed. */
export function encodeBatch(
  records: readonly NewRecord[],
  producer: BatchProducer,
  now: number = Date.now(),
): Buffer {
  const sizes = records.map(sizeOf);
  let length: number = AT.RECORDS;
  for (const size of sizes) length += sizeOfVarint(size) + size;

  const writer = new BatchWriter(Buffer.allocUnsafe(length));
  for (const [index, record] of records.entries()) writer.record(record, index, sizes[index] ?? 0);

  const { bytes } = writer;
  bytes.writeBigInt64BE(0n, AT.BASE_OFFSET);
  bytes.writeInt32BE(length - LENGTH_END, AT.LENGTH);
  bytes.writeInt32BE(-1, AT.LEADER_EPOCH);
  bytes.writeInt8(MAGIC, AT.MAGIC);
  bytes.writeInt16BE(producer.isTransactional ? ATTRIBUTE.TRANSACTIONAL : 0, AT.ATTRIBUTES);
  bytes.writeInt32BE(records.length - 1, AT.LAST_OFFSET_DELTA);
  bytes.writeBigInt64BE(BigInt(now), AT.BASE_TIMESTAMP);
  bytes.writeBigInt64BE(BigInt(now), AT.MAX_TIMESTAMP);
  bytes.writeBigInt64BE(BigInt(producer.producerId), AT.PRODUCER_ID);
  bytes.writeInt16BE(producer.producerEpoch, AT.PRODUCER_EPOCH);
  bytes.writeInt32BE(producer.sequence, AT.BASE_SEQUENCE);
  bytes.writeInt32BE(records.length, AT.RECORD_COUNT);
  bytes.writeUInt32BE(crc32c(bytes, AT.ATTRIBUTES, length), AT.CRC);
  return bytes;
}

/**
 * Bytes of a record in a batch, its place in the batch included.
 *
 * @throws EventyError INVALID_ARGUMENT if it has a text that UTF-8 does not carry
 */
export function sizeOfRecord(record: NewRecord): number {
  checkTexts(record);
  const size = sizeOf(record, MOST_RECORDS);
  return sizeOfVarint(size) + size;
}

/** For the place of a record in its batch, of which it needs more bytes the more there are. */
const MOST_RECORDS = 0xffff;

function sizeOf({ key, value, headers }: NewRecord, index: number): number {
  // Attributes and the difference of the time, which is none, are a byte each.
  let size = 2 + sizeOfVarint(index);
  size += sizeOfBytes(key === null ? -1 : Buffer.byteLength(key));
  size += sizeOfBytes(value === null ? -1 : value.length);
  if (headers === undefined) return size + 1;
  const entries = Object.entries(headers);
  size += sizeOfVarint(entries.length);
  for (const [name, text] of entries) {
    size += sizeOfBytes(Buffer.byteLength(name)) + sizeOfBytes(Buffer.byteLength(text));
  }
  return size;
}

/** Of bytes with their length before them; -1: null. */
function sizeOfBytes(length: number): number {
  return length < 0 ? 1 : sizeOfVarint(length) + length;
}

/** Of a number that is not negative: it is doubled, and has seven bits a byte. */
function sizeOfVarint(value: number): number {
  return value < 0x40 ? 1 : value < 0x2000 ? 2 : value < 0x10_0000 ? 3 : value < 0x800_0000 ? 4 : 5;
}

function checkTexts({ topic, key, headers }: NewRecord): void {
  let wellFormed = key?.isWellFormed() ?? true;
  for (const name in headers) {
    wellFormed = wellFormed && name.isWellFormed() && (headers[name]?.isWellFormed() ?? true);
  }
  if (wellFormed) return;
  throw new EventyError(
    "INVALID_ARGUMENT",
    `A record for ${topic} has half a surrogate pair in its key or its headers, which UTF-8 does not carry.`,
  );
}

class BatchWriter {
  readonly bytes: Buffer;
  #at: number = AT.RECORDS;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  record({ key, value, headers }: NewRecord, index: number, size: number): void {
    this.#varint(size);
    this.#byte(0); // attributes
    this.#byte(0); // difference of the time
    this.#varint(index);
    if (key === null) this.#byte(NULL);
    else this.#text(key);
    if (value === null) this.#byte(NULL);
    else {
      this.#varint(value.length);
      this.bytes.set(value, this.#at);
      this.#at += value.length;
    }
    const entries = headers === undefined ? [] : Object.entries(headers);
    this.#varint(entries.length);
    for (const [name, text] of entries) {
      this.#text(name);
      this.#text(text);
    }
  }

  #text(text: string): void {
    const length = Buffer.byteLength(text);
    this.#varint(length);
    this.bytes.write(text, this.#at, length, "utf8");
    this.#at += length;
  }

  #varint(value: number): void {
    let rest = value * 2;
    while (rest > 0x7f) {
      this.#byte((rest & 0x7f) | 0x80);
      rest = Math.floor(rest / 128);
    }
    this.#byte(rest);
  }

  #byte(value: number): void {
    this.bytes[this.#at++] = value;
  }
}

/** The length -1, as a number of variable length. */
const NULL = 1;
