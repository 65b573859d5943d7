import { EventyError } from "../../record/index.js";
import type { Batch, FetchLimit } from "../batch.js";
import { checkAcknowledge } from "../check-acknowledge.js";
import type { Claim, CrashMark, Transaction } from "../claim.js";
import { fenced } from "../fenced.js";
import { fetchLimit } from "../fetch-limit.js";
import type { NewRecord } from "../stored-record.js";
import { breathe } from "./breathe.js";
import type { Lease, Log, PlacedRecord, Taken } from "./log.js";
import type { WakeUps } from "./wake-ups.js";

/** What a claim needs of its store. */
export interface ClaimHost {
  readonly log: Log;
  readonly wakeUps: WakeUps;
  place(records: readonly NewRecord[]): PlacedRecord[];
}

/** A claim on a partition of a store that one process has for itself. */
export class LocalClaim implements Claim {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly foundMark: CrashMark | null;
  /** Resolved when the claim was released or lost. */
  readonly closed: Promise<void>;

  readonly #host: ClaimHost;
  readonly #lease: Lease;
  readonly #revoked = new AbortController();
  #acknowledged: number;
  #position: number;
  #fetched: number;
  #rewinds = 0;
  #committing = false;
  #wrote = false;
  #open = true;
  #close = (): void => undefined;

  constructor(host: ClaimHost, taken: Taken) {
    this.#host = host;
    this.#lease = taken;
    this.group = taken.group;
    this.topic = taken.topic;
    this.partition = taken.partition;
    this.foundMark = taken.mark;
    this.#acknowledged = this.#position = this.#fetched = taken.acknowledged;
    this.closed = new Promise((resolve) => {
      this.#close = resolve;
    });
  }

  get signal(): AbortSignal {
    return this.#revoked.signal;
  }

  get acknowledged(): number {
    return this.#acknowledged;
  }

  async fetch(limit?: FetchLimit, signal?: AbortSignal): Promise<Batch> {
    const limits = fetchLimit(limit);
    const signals = signal === undefined ? [this.signal] : [this.signal, signal];
    const rewinds = this.#rewinds;
    for (;;) {
      await breathe();
      const position = this.#position;
      if (signals.some(({ aborted }) => aborted)) return { records: [], next: position };
      const batch = await this.#readOrWait(position, limits, signals);
      if (batch === undefined) continue;
      // A rewind since then counts more than what was read before it.
      if (this.#rewinds === rewinds) this.#position = Math.max(this.#position, batch.next);
      this.#fetched = Math.max(this.#fetched, batch.next);
      return batch;
    }
  }

  rewind(): void {
    this.#rewinds++;
    this.#position = this.#acknowledged;
  }

  async mark(mark: CrashMark): Promise<void> {
    await this.#fenced(() => this.#host.log.mark(this.#lease, mark));
    this.#wrote = true;
  }

  async append(records: readonly NewRecord[]): Promise<void> {
    const placed = this.#host.place(records);
    await this.#fenced(() => this.#host.log.append(placed, this.#lease));
    this.#host.wakeUps.wake(placed);
  }

  async commit(transaction: Transaction): Promise<void> {
    const placed = this.#host.place(transaction.records ?? []);
    checkAcknowledge(this, transaction.acknowledge, {
      acknowledged: this.#acknowledged,
      fetched: this.#fetched,
    });
    if (this.#committing)
      throw new EventyError("INVALID_ARGUMENT", "A transaction of this claim is under way.");
    this.#committing = true;
    try {
      await this.#fenced(() => this.#host.log.commit(this.#lease, { ...transaction, records: placed }));
    } finally {
      this.#committing = false;
    }
    this.#wrote = true;
    this.#acknowledged = transaction.acknowledge;
    this.#position = Math.max(this.#position, transaction.acknowledge);
    this.#host.wakeUps.wake(placed);
  }

  state(state: string, key: string): Promise<Uint8Array | null> {
    return this.#fenced(() => this.#host.log.state(this.#lease, state, key));
  }

  async release(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    this.revoke();
    await this.#host.log.release(this.#lease, this.#wrote).catch(() => undefined);
    this.#close();
  }

  /** Asks the holder to give the partition up. */
  revoke(): void {
    this.#revoked.abort();
  }

  /** What is there; waits if it is nothing, and is undefined then. */
  async #readOrWait(
    position: number,
    limit: Required<FetchLimit>,
    signals: readonly AbortSignal[],
  ): Promise<Batch | undefined> {
    // Listens before it reads, so that records that come meanwhile wake it.
    let stop = (): void => undefined;
    const woken = new Promise<void>((wake) => {
      stop = this.#host.wakeUps.onNext(this, signals, wake);
    });
    try {
      const batch = await this.#host.log.read(this, position, limit);
      if (batch.records.length > 0) return batch;
      await woken;
      return undefined;
    } finally {
      stop();
    }
  }

  async #fenced<T>(operation: () => Promise<T>): Promise<T> {
    await breathe();
    if (!this.#open) throw fenced(this);
    try {
      return await operation();
    } catch (error) {
      if (error instanceof EventyError && error.code === "FENCED") this.#lose();
      throw error;
    }
  }

  #lose(): void {
    this.#open = false;
    this.revoke();
    this.#close();
  }
}
