import { EventyError } from "../../record/index.js";
import type { Batch, FetchLimit } from "../batch.js";
import type { TopicPartition } from "../stored-record.js";
import { Backoff } from "../waiting/backoff.js";
import { sleep } from "../waiting/sleep.js";
import type { Host } from "./host.js";

/** Where a claim begins to read. */
interface Start extends TopicPartition {
  readonly topicId: number;
  readonly acknowledged: number;
}

/** Reads a partition from one batch to the next. */
export class Fetching {
  readonly #host: Host;
  readonly #partition: Start;
  /** Where the next batch begins. */
  #position: number;
  #fetched: number;
  #rewinds = 0;

  constructor(host: Host, partition: Start) {
    this.#host = host;
    this.#partition = partition;
    this.#position = this.#fetched = partition.acknowledged;
  }

  /** Offset behind the last record that was ever fetched. */
  get fetched(): number {
    return this.#fetched;
  }

  /** Has the next batch begin at an offset. */
  rewindTo(offset: number): void {
    this.#rewinds++;
    this.#position = offset;
  }

  /** Has no later batch begin before an offset. */
  skipTo(offset: number): void {
    this.#position = Math.max(this.#position, offset);
  }

  /** Waits for records, and for a database that cannot be reached, until a signal aborts. */
  async next(limit: Required<FetchLimit>, signals: readonly AbortSignal[]): Promise<Batch> {
    const backoff = new Backoff();
    const rewinds = this.#rewinds;
    for (;;) {
      const position = this.#position;
      if (signals.some(({ aborted }) => aborted)) return { records: [], next: position };
      try {
        const batch = await this.#readOrWait(position, limit, signals);
        if (batch === undefined) continue;
        // A rewind since then counts more than what was read before it.
        if (this.#rewinds === rewinds) this.skipTo(batch.next);
        this.#fetched = Math.max(this.#fetched, batch.next);
        return batch;
      } catch (error) {
        if (!(error instanceof EventyError) || error.code !== "STORE_UNAVAILABLE") throw error;
        await sleep(backoff.next(), ...signals);
      }
    }
  }

  /** What is there; waits if it is nothing, and is undefined then. */
  async #readOrWait(
    offset: number,
    limit: Required<FetchLimit>,
    signals: readonly AbortSignal[],
  ): Promise<Batch | undefined> {
    const { topicId, partition } = this.#partition;
    let leave = (): void => undefined;
    // Waits before it reads, so that records that come meanwhile wake it.
    const woken = new Promise<undefined>((resolve) => {
      const wake = (): void => resolve(undefined);
      const out = this.#host.signals.room.enter(this.#partition, { topicId, partition, offset, wake });
      for (const signal of signals) signal.addEventListener("abort", wake);
      leave = () => {
        out();
        for (const signal of signals) signal.removeEventListener("abort", wake);
      };
    });
    try {
      const batch = await this.#read(offset, limit, signals);
      if (batch !== undefined && batch.records.length > 0) return batch;
      return await woken;
    } finally {
      leave();
    }
  }

  /** Undefined if a signal aborts before the answer comes. */
  #read(
    offset: number,
    limit: Required<FetchLimit>,
    signals: readonly AbortSignal[],
  ): Promise<Batch | undefined> {
    return new Promise((resolve, reject) => {
      const abort = (): void => settle(() => resolve(undefined));
      const settle = (end: () => void): void => {
        for (const signal of signals) signal.removeEventListener("abort", abort);
        end();
      };
      for (const signal of signals) signal.addEventListener("abort", abort);
      this.#host.reader.read(this.#partition, offset, limit).then(
        (batch) => settle(() => resolve(batch)),
        (error: unknown) => settle(() => reject(error)),
      );
    });
  }
}
