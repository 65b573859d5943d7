import { checkText } from "../sql/check-text.js";
import { headersText } from "../sql/record-row.js";
import { type NewRecord, type Position, partitionName } from "../stored-record.js";
import { blobOf, numbers } from "./blob.js";
import type { PostgresqlStatement } from "./client.js";
import type { Session } from "./session.js";
import { APPEND, INSERT } from "./statements/record.js";
import type { Place } from "./topics.js";

/** A statement has no more than that many records, and no more than that many bytes of values if it has several. */
const MOST_RECORDS = 10_000;
const MOST_BYTES = 16 * 1024 * 1024;

/** A partition that is appended to. */
interface Head {
  readonly place: Place;
  /** It is the one of this number, counted from 1. */
  readonly number: number;
  records: number;
  first: number;
  appendedAt: number;
}

interface HeadRow {
  readonly place: string;
  readonly first: string;
  readonly appended_at: string;
}

/** Records that are to be appended together. What is kept of each stands in arrays: there are many of them. */
export class Append {
  readonly #records: readonly NewRecord[];
  readonly #heads = new Map<Place, Head>();
  /** The partition of each record, and how many records before it go there. */
  readonly #headOf: Head[] = [];
  readonly #nth: number[] = [];
  /** Where each statement ends. */
  readonly #ends: readonly number[];

  /** @throws EventyError INVALID_ARGUMENT if a key is a text that no database keeps */
  constructor(records: readonly NewRecord[], places: readonly Place[]) {
    this.#records = records;
    for (const [index, place] of places.entries()) {
      const key = records[index]?.key;
      if (typeof key === "string") checkText("The key of a record", key);
      const number = this.#heads.size + 1;
      const head = this.#heads.get(place) ?? { place, number, records: 0, first: 0, appendedAt: 0 };
      if (head.records === 0) this.#heads.set(place, head);
      this.#headOf.push(head);
      this.#nth.push(head.records++);
    }
    this.#ends = endsOf(records);
  }

  /** Whether it is one statement, and needs no transaction of several. */
  get isOne(): boolean {
    return this.#ends.length <= 1;
  }

  /** Names of the partitions that it appends to. */
  get names(): string[] {
    return [...this.#heads.keys()].map(partitionName);
  }

  /** Where each record stands, once it has run. */
  get positions(): readonly Position[] {
    return this.#headOf.map(({ place: { topic, partition }, first }, index) => ({
      topic,
      partition,
      offset: first + (this.#nth[index] ?? 0),
    }));
  }

  async run(session: Session): Promise<void> {
    const [end, ...others] = this.#ends;
    if (end === undefined) return;
    const heads = [...this.#heads.values()];
    for (const row of await session.query<HeadRow>(this.#append(heads, end))) {
      const head = heads[Number(row.place) - 1];
      if (head === undefined) continue;
      head.first = Number(row.first);
      head.appendedAt = Number(row.appended_at);
    }
    let from = end;
    for (const next of others) {
      await session.query(this.#insert(from, next));
      from = next;
    }
  }

  #append(heads: readonly Head[], end: number): PostgresqlStatement {
    const { keys, at, lengths, bytes, headers } = this.#columns(0, end);
    return {
      ...APPEND,
      values: [
        numbers(heads.map(({ place }) => place.topicId)),
        numbers(heads.map(({ place }) => place.partition)),
        numbers(heads.map(({ records }) => records)),
        numbers(this.#headOf.slice(0, end).map(({ number }) => number)),
        numbers(this.#nth.slice(0, end)),
        keys,
        at,
        lengths,
        bytes,
        headers,
      ],
    };
  }

  /** Records behind those of the first statement: it has moved the heads for them too. */
  #insert(from: number, to: number): PostgresqlStatement {
    const heads = this.#headOf.slice(from, to);
    const { keys, at, lengths, bytes, headers } = this.#columns(from, to);
    return {
      ...INSERT,
      values: [
        numbers(heads.map(({ place }) => place.topicId)),
        numbers(heads.map(({ place }) => place.partition)),
        numbers(heads.map(({ first }, index) => first + (this.#nth[from + index] ?? 0))),
        numbers(heads.map(({ appendedAt }) => appendedAt)),
        keys,
        at,
        lengths,
        bytes,
        headers,
      ],
    };
  }

  #columns(from: number, to: number) {
    const records = from === 0 && to === this.#records.length ? this.#records : this.#records.slice(from, to);
    return {
      ...blobOf(records.map(({ value }) => value)),
      keys: records.map(({ key }) => key),
      headers: headersOf(records),
    };
  }
}

/** Records that are appended together mostly have the same headers, and these are written once. */
function headersOf(records: readonly NewRecord[]): string[] {
  let last: NewRecord["headers"];
  let text = headersText(last);
  return records.map(({ headers }) => {
    if (headers !== last) [last, text] = [headers, headersText(headers)];
    return text;
  });
}

function endsOf(records: readonly NewRecord[]): number[] {
  const ends: number[] = [];
  let [begin, bytes] = [0, 0];
  for (const [index, { value }] of records.entries()) {
    const length = value?.length ?? 0;
    if (index > begin && (index - begin === MOST_RECORDS || bytes + length > MOST_BYTES)) {
      ends.push(index);
      [begin, bytes] = [index, 0];
    }
    bytes += length;
  }
  if (records.length > 0) ends.push(records.length);
  return ends;
}
