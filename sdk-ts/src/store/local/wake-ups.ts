import { partitionName, type TopicPartition } from "../stored-record.js";

/** Wakes those who wait for records of a partition. */
export class WakeUps {
  readonly #sleepers = new Map<string, Set<() => void>>();

  /**
   * Calls a function at the next records of a partition, or when a signal aborts.
   *
   * @returns ends the waiting
   */
  onNext(partition: TopicPartition, signals: readonly AbortSignal[], wake: () => void): () => void {
    const name = partitionName(partition);
    const sleepers = this.#sleepers.get(name) ?? new Set();
    this.#sleepers.set(name, sleepers.add(wake));
    for (const signal of signals) signal.addEventListener("abort", wake);
    return () => {
      sleepers.delete(wake);
      for (const signal of signals) signal.removeEventListener("abort", wake);
    };
  }

  wake(partitions: Iterable<TopicPartition>): void {
    const names = new Set<string>();
    let last: TopicPartition | undefined;
    for (const partition of partitions) {
      // Records that are appended together mostly go to the same partition.
      if (partition.topic === last?.topic && partition.partition === last.partition) continue;
      last = partition;
      names.add(partitionName(partition));
    }
    for (const name of names) for (const wake of this.#sleepers.get(name) ?? []) wake();
  }
}
