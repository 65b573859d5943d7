import { gunzipSync } from "node:zlib";
import { Reader } from "./reader.js";

/** A record as it stands in a partition. */
export interface BatchRecord {
  readonly offset: number;
  readonly timestamp: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly (readonly [name: string, value: Buffer | null])[];
}

/** Records that were appended together. */
export interface Batch {
  /** Behind its last offset. */
  readonly next: number;
  readonly producerId: bigint;
  readonly producerEpoch: number;
  readonly isTransactional: boolean;
  /** Whether it is the end of a transaction, and holds no records. */
  readonly isControl: boolean;
  /** 0: none, 1: gzip, 2: snappy, 3: lz4, 4: zstd. */
  readonly compression: number;
  readonly records: readonly BatchRecord[];
}

const HEAD = 12;
const MAGIC = 2;
const GZIP = 1;

/** The whole batches in what a broker sent; it may end with a part of one. */
export function* batchesOf(bytes: Buffer): Generator<Batch> {
  for (let at = 0; at + HEAD <= bytes.length; ) {
    const size = HEAD + bytes.readInt32BE(at + 8);
    if (at + size > bytes.length) return;
    yield readBatch(new Reader(bytes.subarray(at, at + size)));
    at += size;
  }
}

function readBatch(reader: Reader): Batch {
  const base = reader.int64();
  reader.bytes(8);
  const magic = reader.int8();
  if (magic !== MAGIC) throw new Error(`a batch of format ${magic}, which no broker of today writes`);
  reader.uint32();
  const attributes = reader.int16();
  const next = base + reader.int32() + 1;
  const first = reader.int64();
  const newest = reader.int64();
  const producerId = reader.bigint();
  const producerEpoch = reader.int16();
  reader.int32();
  const count = reader.int32();
  const compression = attributes & 7;
  const body = new Reader(decompressed(reader.bytes(reader.left), compression));
  const time = (delta: number): number => (attributes & 8 ? newest : first + delta);
  return {
    next,
    producerId,
    producerEpoch,
    isTransactional: (attributes & 16) !== 0,
    isControl: (attributes & 32) !== 0,
    compression,
    records: Array.from({ length: count }, () => readRecord(body, base, time)),
  };
}

function readRecord(reader: Reader, base: number, time: (delta: number) => number): BatchRecord {
  reader.varint();
  reader.int8();
  const timestamp = time(reader.varint());
  const offset = base + reader.varint();
  const bytes = (): Buffer | null => {
    const length = reader.varint();
    return length < 0 ? null : reader.bytes(length);
  };
  const key = bytes();
  const value = bytes();
  const headers = Array.from(
    { length: reader.varint() },
    () => [(bytes() ?? Buffer.alloc(0)).toString(), bytes()] as const,
  );
  return { offset, timestamp, key, value, headers };
}

function decompressed(bytes: Buffer, compression: number): Buffer {
  if (compression === 0) return bytes;
  if (compression === GZIP) return gunzipSync(bytes);
  throw new Error(`the suite cannot read batches with the compression ${compression}`);
}
