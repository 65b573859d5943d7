import type { NewRecord } from "../store/index.js";
import type { Sink } from "./sink.js";

/** Large enough to be cheap, small enough to be no burden. */
const CHUNK_RECORDS = 500;
const CHUNK_BYTES = 1024 * 1024;

/** Outputs that are appended in chunks, apart from any acknowledgement. */
export class AppendQueue implements Sink {
  readonly #append: (records: readonly NewRecord[]) => Promise<void>;
  #records: NewRecord[] = [];
  #bytes = 0;

  constructor(append: (records: readonly NewRecord[]) => Promise<void>) {
    this.#append = append;
  }

  add(record: NewRecord): Promise<void> | undefined {
    this.#records.push(record);
    this.#bytes += record.value?.length ?? 0;
    return this.#records.length >= CHUNK_RECORDS || this.#bytes >= CHUNK_BYTES ? this.flush() : undefined;
  }

  savepoint(): () => void {
    const [records, length] = [this.#records, this.#records.length];
    // Where a chunk was appended since, all that waits now came after it.
    return () => {
      this.#records.length = this.#records === records ? length : 0;
    };
  }

  /** Appends what waits. */
  async flush(): Promise<void> {
    const records = this.#records;
    if (records.length === 0) return;
    this.#records = [];
    this.#bytes = 0;
    await this.#append(records);
  }
}
