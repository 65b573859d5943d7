import type { Batch, FetchLimit } from "../batch.js";
import { batchOf } from "../batch-of.js";
import { checkPosition } from "../check-position.js";
import type { NewRecord, Position, StoredRecord, TopicPartition } from "../stored-record.js";

/** The records of a partition. */
export class MemoryPartition {
  readonly #partition: TopicPartition;
  #records: StoredRecord[] = [];
  #begin = 0;

  constructor(partition: TopicPartition) {
    this.#partition = partition;
  }

  get begin(): number {
    return this.#begin;
  }

  get end(): number {
    return this.#begin + this.#records.length;
  }

  append({ key, value, headers }: NewRecord, now: number): Position {
    const position = { ...this.#partition, offset: this.end };
    this.#records.push({
      ...position,
      key,
      // Bytes are copied, in and out: who has them may write them over.
      value: copyOf(value),
      headers: { ...headers },
      // Dates stay in order when the clock jumps back, so that they can be searched.
      appendedAt: Math.max(now, this.#records.at(-1)?.appendedAt ?? 0),
    });
    return position;
  }

  read(offset: number, limit: Required<FetchLimit>): Batch {
    checkPosition(this.#partition, offset, this);
    const from = offset - this.#begin;
    const { records, next } = batchOf(this.#records.slice(from, from + limit.maxRecords), offset, limit);
    return { records: records.map((record) => ({ ...record, value: copyOf(record.value) })), next };
  }

  offsetAt(date: Date): number {
    const index = this.#records.findIndex(({ appendedAt }) => appendedAt >= date.getTime());
    return index < 0 ? this.end : this.#begin + index;
  }

  deleteBefore(offset: number): void {
    checkPosition(this.#partition, Math.max(offset, this.#begin), this);
    if (offset <= this.#begin) return;
    this.#records = this.#records.slice(offset - this.#begin);
    this.#begin = offset;
  }
}

function copyOf(value: Uint8Array | null): Uint8Array | null {
  return value && new Uint8Array(value);
}
