import { EventyError } from "../record/index.js";
import { murmur2Partitioner, type Partitioner } from "./partitioner.js";
import type { NewRecord } from "./stored-record.js";

/** Chooses the partitions of the records that a store appends. */
export class Placement {
  readonly #partitioner: Partitioner;
  #turn = -1;

  /** @param partitioner Default: {@link murmur2Partitioner}. */
  constructor(partitioner: Partitioner = murmur2Partitioner) {
    this.#partitioner = partitioner;
  }

  /**
   * The partition of each record. Those of one call that have neither key nor
   * partition stay together; the next call gives them the next partition.
   *
   * @throws EventyError INVALID_ARGUMENT if a record names a partition that its topic does not have
   */
  place(records: readonly NewRecord[], partitionsOf: (topic: string) => number): number[] {
    this.#turn = (this.#turn + 1) % Number.MAX_SAFE_INTEGER;
    return records.map((record) => this.#partitionOf(record, partitionsOf(record.topic)));
  }

  #partitionOf({ topic, key, partition }: NewRecord, partitions: number): number {
    if (partition === undefined && key === null) return this.#turn % partitions;
    const chosen = partition ?? this.#partitioner(key ?? "", partitions);
    if (!Number.isInteger(chosen) || chosen < 0 || chosen >= partitions) {
      throw new EventyError(
        "INVALID_ARGUMENT",
        `Topic ${topic} has ${partitions} partitions: there is no ${chosen}.`,
      );
    }
    return chosen;
  }
}
