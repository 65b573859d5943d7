import type { Headers, StoredRecord, TopicPartition } from "../stored-record.js";

/** What is read of a row of `eventy_record`. */
export interface RecordRow {
  readonly offset: number;
  readonly appendedAt: number;
  readonly key: string | null;
  readonly value: Uint8Array | null;
  /** A JSON object. */
  readonly headers: string;
}

/** Headers as they stand in their column. */
export function headersText(headers: Headers = {}): string {
  return JSON.stringify(headers);
}

/** Turns rows of `eventy_record` into records. */
export class RecordReader {
  #text = "{}";
  #headers: Headers = Object.freeze({});

  read({ topic, partition }: TopicPartition, row: RecordRow): StoredRecord {
    // Records that stand together mostly have the same headers: the last ones are not parsed again.
    if (row.headers !== this.#text) {
      this.#headers = Object.freeze(JSON.parse(row.headers) as Headers);
      this.#text = row.headers;
    }
    const { offset, appendedAt, key, value } = row;
    return { topic, partition, offset, key, value, headers: this.#headers, appendedAt };
  }
}
