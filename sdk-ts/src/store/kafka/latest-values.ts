import type { RecordStore } from "../record-store.js";
import type { StoredRecord, TopicPartition } from "../stored-record.js";
import { batchesTo } from "./batches-to.js";
import { Turns } from "./turns.js";

const LIMIT = { maxRecords: 10_000 };

/** The last record of each key of a partition of a compacted topic. */
export class LatestValues {
  readonly #reader: Pick<RecordStore, "bounds" | "read">;
  readonly #partition: TopicPartition;
  readonly #records = new Map<string, StoredRecord>();
  readonly #turns = new Turns();
  #next = 0;

  constructor(reader: Pick<RecordStore, "bounds" | "read">, partition: TopicPartition) {
    this.#reader = reader;
    this.#partition = partition;
  }

  /** Reads on, from where it was read before, to what is the end now. @throws EventyError as `batchesTo` does */
  read(): Promise<ReadonlyMap<string, StoredRecord>> {
    return this.#turns.take(async () => {
      const { begin, end } = await this.#reader.bounds(this.#partition);
      if (this.#next < begin) {
        this.#records.clear();
        this.#next = begin;
      }
      const batches = batchesTo(this.#reader, this.#partition, [this.#next, end], LIMIT);
      for await (const { records, next } of batches) {
        for (const record of records) this.#keep(record);
        this.#next = next;
      }
      return this.#records;
    });
  }

  #keep(record: StoredRecord): void {
    const { key, value } = record;
    if (key === null) return;
    if (value === null) this.#records.delete(key);
    // A copy: it is a view on the whole answer of the broker, which would stay as long as one value of it does.
    else this.#records.set(key, { ...record, value: new Uint8Array(value) });
  }
}
