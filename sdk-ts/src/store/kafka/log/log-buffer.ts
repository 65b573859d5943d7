import type { FetchLimit } from "../../batch.js";
import type { StoredRecord, TopicPartition } from "../../stored-record.js";
import type { KafkaJs } from "../client/kafkajs.js";
import { AT, ATTRIBUTE } from "./batch-header.js";
import { committed } from "./committed.js";
import { decompressed, type LogBatch, recordCount, recordsOf } from "./decode-batch.js";
import type { Fetched } from "./fetch.js";

/** A batch whose records are not decoded yet. */
interface Undecoded {
  readonly batch: LogBatch;
  /** Where its records are, decompressed. */
  readonly bytes: Buffer;
  readonly at: number;
}

/** Batches of one answer, which can be decoded one by one. */
export interface Prepared {
  readonly batches: readonly Undecoded[];
  /** Offset behind the last of them, and behind what was passed over. */
  readonly next: number;
}

/**
 * Passes over what nobody may see, and decompresses the rest.
 *
 * @throws EventyError STORE_FAILED if the first batch cannot be read; if another one cannot, those before it are there
 */
export async function prepared(
  fetched: Fetched,
  partition: TopicPartition,
  from: number,
  kafkaJs: KafkaJs,
): Promise<Prepared> {
  const batches: Undecoded[] = [];
  let next = from;
  try {
    for (const { batch, isCommitted } of committed(fetched, partition)) {
      if (isCommitted && batch.next > from) {
        const isCompressed = (batch.attributes & ATTRIBUTE.COMPRESSION) !== 0;
        const bytes = isCompressed ? await decompressed(batch, partition, kafkaJs) : batch.bytes;
        batches.push({ batch, bytes, at: isCompressed ? 0 : AT.RECORDS });
      }
      next = Math.max(next, batch.next);
    }
  } catch (error) {
    if (next === from) throw error;
  }
  return { batches, next };
}

/** Records that were read and not handed out yet. */
export class LogBuffer {
  readonly #partition: TopicPartition;
  #batches: Undecoded[] = [];
  #records: StoredRecord[] = [];
  #taken = 0;
  /** Where the next record to be handed out is, or would be. */
  #position: number;
  #end: number;

  constructor(partition: TopicPartition, position: number) {
    this.#partition = partition;
    this.#position = this.#end = position;
  }

  get position(): number {
    return this.#position;
  }

  /** Offset behind all that was read. */
  get end(): number {
    return this.#end;
  }

  /** Whether what is left is less than a limit allows. */
  isBelow({ maxRecords, maxBytes }: Required<FetchLimit>): boolean {
    let records = this.#records.length - this.#taken;
    let size = 0;
    for (const { batch, bytes } of this.#batches) {
      records += recordCount(batch);
      size += bytes.length;
    }
    return records < maxRecords && size < maxBytes;
  }

  add({ batches, next }: Prepared): void {
    this.#batches.push(...batches);
    // What was asked for before it went on elsewhere may end before that.
    this.#end = Math.max(this.#end, next);
  }

  /** Drops everything. */
  reset(position: number): void {
    this.#batches = [];
    this.#records = [];
    this.#taken = 0;
    this.#position = this.#end = position;
  }

  /**
   * The next record, if it has been read; it stays the next one until it is taken.
   *
   * @throws EventyError STORE_FAILED if it cannot be decoded, each time
   */
  peek(): StoredRecord | undefined {
    for (;;) {
      const record = this.#records[this.#taken];
      if (record === undefined) {
        if (!this.#decodeNext()) return undefined;
      } else if (record.offset < this.#position) this.#taken++;
      else return record;
    }
  }

  take(record: StoredRecord): void {
    this.#taken++;
    this.#position = record.offset + 1;
  }

  /** Goes on behind what holds no more records. */
  skipTo(offset: number): void {
    this.#position = Math.max(this.#position, offset);
    if (this.#position > this.#end) this.reset(this.#position);
  }

  #decodeNext(): boolean {
    const [next] = this.#batches;
    this.#taken = 0;
    this.#records = [];
    // What is behind the last record of all holds none, and need not be read again.
    if (next === undefined) this.#position = this.#end;
    else this.#records = recordsOf(next.batch, this.#partition, this.#position, next.bytes, next.at);
    // One that cannot be read stays, so that it is not passed over by who asks again.
    return this.#batches.shift() !== undefined;
  }
}
