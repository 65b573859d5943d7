import { partitionName, type TopicPartition } from "../stored-record.js";

/** Someone who waits for records of a partition, from an offset on. */
export interface Waiter {
  readonly topicId: number;
  readonly partition: number;
  readonly offset: number;
  wake(): void;
}

/** Those who wait for records. */
export class WaitingRoom {
  readonly #waiters = new Map<string, Set<Waiter>>();

  /** All of them. */
  get waiters(): readonly Waiter[] {
    return [...this.#waiters.values()].flatMap((waiters) => [...waiters]);
  }

  /** @returns ends the waiting */
  enter(partition: TopicPartition, waiter: Waiter): () => void {
    const name = partitionName(partition);
    const waiters = this.#waiters.get(name) ?? new Set();
    this.#waiters.set(name, waiters.add(waiter));
    return () => {
      waiters.delete(waiter);
      if (waiters.size === 0 && this.#waiters.get(name) === waiters) this.#waiters.delete(name);
    };
  }

  /** Wakes those who wait for a partition, given by its name. */
  wake(name: string): void {
    for (const waiter of this.#waiters.get(name) ?? []) waiter.wake();
  }
}
