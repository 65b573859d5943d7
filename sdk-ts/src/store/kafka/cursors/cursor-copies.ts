import { murmur2Partitioner } from "../../partitioner.js";
import type { RecordStore } from "../../record-store.js";
import type { TopicPartition } from "../../stored-record.js";
import { LatestValues } from "../latest-values.js";
import type { Topics } from "../topics.js";
import type { Placed } from "../writing/placed.js";
import { COPIES, copyKey, copyOf, cursorIn } from "./copy.js";
import type { StoredCursor } from "./stored-cursor.js";

const PARTITIONS = 16;
const CONFIG = { "cleanup.policy": "compact", "segment.bytes": "16777216" };

/** The copies of the cursors of a cluster. */
export class CursorCopies {
  readonly #topics: Topics;
  readonly #reader: Pick<RecordStore, "bounds" | "read">;
  readonly #values = new Map<number, LatestValues>();

  constructor(topics: Topics, reader: Pick<RecordStore, "bounds" | "read">) {
    this.#topics = topics;
    this.#reader = reader;
  }

  /** A copy to be written with a cursor. Makes the topic, if it is not there. */
  async copy(group: string, partition: TopicPartition, cursor: StoredCursor): Promise<Placed> {
    const partitions = await this.#topics.ensure(COPIES, PARTITIONS, CONFIG);
    const copy = copyOf(group, partition, cursor);
    // Whatever partitioner the user has: all have to find it.
    return { ...copy, partition: murmur2Partitioner(copyKey(group, partition), partitions) };
  }

  /** The cursor of the newest copy; undefined if there is none. */
  async find(group: string, partition: TopicPartition): Promise<StoredCursor | undefined> {
    const key = copyKey(group, partition);
    const partitions = await this.#topics.find(COPIES);
    if (partitions === undefined) return undefined;
    const index = murmur2Partitioner(key, partitions);
    const values =
      this.#values.get(index) ?? new LatestValues(this.#reader, { topic: COPIES, partition: index });
    this.#values.set(index, values);
    const copy = (await values.read()).get(key);
    return copy && cursorIn(copy);
  }
}
