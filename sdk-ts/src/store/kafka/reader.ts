import type { Batch, FetchLimit } from "../batch.js";
import { fetchLimit } from "../fetch-limit.js";
import type { Bounds, RecordStore } from "../record-store.js";
import type { TopicPartition } from "../stored-record.js";
import type { Connections } from "./client/connections.js";
import { boundsOf, offsetOfTime } from "./log/bounds.js";
import { LogReader } from "./log/log-reader.js";

/** Reads records outside of claims, and where they stand. */
export class Reader implements Pick<RecordStore, "bounds" | "offsetAt" | "read"> {
  readonly #connections: Connections;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  /** @throws EventyError POSITION_LOST, UNKNOWN_TOPIC, INVALID_ARGUMENT, STORE_UNAVAILABLE, STORE_FAILED */
  read(partition: TopicPartition, offset: number, limit?: FetchLimit): Promise<Batch> {
    return new LogReader(this.#connections, partition, offset).read(fetchLimit(limit));
  }

  /** @throws EventyError UNKNOWN_TOPIC, INVALID_ARGUMENT, STORE_UNAVAILABLE, STORE_FAILED */
  bounds(partition: TopicPartition): Promise<Bounds> {
    return boundsOf(this.#connections, partition);
  }

  /** @throws EventyError UNKNOWN_TOPIC, INVALID_ARGUMENT, STORE_UNAVAILABLE, STORE_FAILED */
  offsetAt(partition: TopicPartition, date: Date): Promise<number> {
    return offsetOfTime(this.#connections, partition, date.getTime());
  }
}
