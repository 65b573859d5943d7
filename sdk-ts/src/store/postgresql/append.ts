import { checkText } from "../sql/check-text.js";
import { headersText } from "../sql/record-row.js";
import { type Position, partitionName } from "../stored-record.js";
import { blobOf, numbers } from "./blob.js";
import type { PostgresqlStatement } from "./client.js";
import type { Session } from "./session.js";
import { APPEND, INSERT } from "./statements/record.js";
import type { PlacedRecord } from "./topics.js";

/** A statement has no more than that many records, and no more than that many bytes of values if it has several. */
const MOST_RECORDS = 10_000;
const MOST_BYTES = 16 * 1024 * 1024;

/** A partition that is appended to. */
interface Head {
  readonly topicId: number;
  readonly partition: number;
  records: number;
  first: number;
  appendedAt: number;
}

/** Where a record goes: it is the `nth` of its head, counted from 0. */
interface Place {
  readonly record: PlacedRecord;
  readonly head: Head;
  readonly nth: number;
}

interface HeadRow {
  readonly place: string;
  readonly first: string;
  readonly appended_at: string;
}

/** Records that are to be appended together. */
export class Append {
  readonly #heads: readonly Head[];
  readonly #places: readonly Place[];
  readonly #chunks: readonly (readonly Place[])[];

  /** @throws EventyError INVALID_ARGUMENT if a key is a text that no database keeps */
  constructor(records: readonly PlacedRecord[]) {
    const heads = new Map<string, Head>();
    this.#places = records.map((record) => {
      if (record.key !== null) checkText("The key of a record", record.key);
      const { topicId, partition } = record;
      const name = `${topicId}/${partition}`;
      const head = heads.get(name) ?? { topicId, partition, records: 0, first: 0, appendedAt: 0 };
      heads.set(name, head);
      return { record, head, nth: head.records++ };
    });
    this.#heads = [...heads.values()];
    this.#chunks = chunksOf(this.#places);
  }

  /** Whether it is one statement, and needs no transaction of several. */
  get isOne(): boolean {
    return this.#chunks.length <= 1;
  }

  /** Names of the partitions that it appends to. */
  get names(): Set<string> {
    return new Set(this.#places.map(({ record }) => partitionName(record)));
  }

  /** @returns where each record stands */
  async run(session: Session): Promise<readonly Position[]> {
    const [first, ...others] = this.#chunks;
    if (first === undefined) return [];
    for (const row of await session.query<HeadRow>(this.#append(first))) {
      const head = this.#heads[Number(row.place) - 1];
      if (head === undefined) continue;
      head.first = Number(row.first);
      head.appendedAt = Number(row.appended_at);
    }
    for (const chunk of others) await session.query(insert(chunk));
    return this.#places.map(({ record: { topic, partition }, head, nth }) => ({
      topic,
      partition,
      offset: head.first + nth,
    }));
  }

  #append(chunk: readonly Place[]): PostgresqlStatement {
    const places = new Map(this.#heads.map((head, index) => [head, index + 1]));
    const { bytes, at, lengths } = blobOf(chunk.map(({ record }) => record.value));
    return {
      ...APPEND,
      values: [
        numbers(this.#heads.map(({ topicId }) => topicId)),
        numbers(this.#heads.map(({ partition }) => partition)),
        numbers(this.#heads.map(({ records }) => records)),
        numbers(chunk.map(({ head }) => places.get(head) ?? 0)),
        numbers(chunk.map(({ nth }) => nth)),
        chunk.map(({ record }) => record.key),
        at,
        lengths,
        bytes,
        chunk.map(({ record }) => headersText(record.headers)),
      ],
    };
  }
}

function insert(chunk: readonly Place[]): PostgresqlStatement {
  const { bytes, at, lengths } = blobOf(chunk.map(({ record }) => record.value));
  return {
    ...INSERT,
    values: [
      numbers(chunk.map(({ head }) => head.topicId)),
      numbers(chunk.map(({ head }) => head.partition)),
      numbers(chunk.map(({ head, nth }) => head.first + nth)),
      numbers(chunk.map(({ head }) => head.appendedAt)),
      chunk.map(({ record }) => record.key),
      at,
      lengths,
      bytes,
      chunk.map(({ record }) => headersText(record.headers)),
    ],
  };
}

function chunksOf(places: readonly Place[]): Place[][] {
  const chunks: Place[][] = [];
  let [chunk, bytes]: [Place[], number] = [[], 0];
  for (const place of places) {
    const length = place.record.value?.length ?? 0;
    if (chunk.length > 0 && (chunk.length === MOST_RECORDS || bytes + length > MOST_BYTES)) {
      chunks.push(chunk);
      [chunk, bytes] = [[], 0];
    }
    chunk.push(place);
    bytes += length;
  }
  if (chunk.length > 0) chunks.push(chunk);
  return chunks;
}
