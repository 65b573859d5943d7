import { EventyError } from "../../record/index.js";
import type { Batch, FetchLimit } from "../batch.js";
import { checkAcknowledge } from "../check-acknowledge.js";
import type { Claim, CrashMark, Transaction } from "../claim.js";
import { fenced } from "../fenced.js";
import { fetchLimit } from "../fetch-limit.js";
import type { NewRecord, TopicPartition } from "../stored-record.js";
import type { LogReader } from "./log/log-reader.js";
import { patiently } from "./patience.js";
import type { ClaimState } from "./state/claim-state.js";
import type { Topics } from "./topics.js";
import { Turns } from "./turns.js";
import type { OwnedCursor } from "./writing/owned-cursor.js";

/** What a claim is made of. */
export interface ClaimParts extends TopicPartition {
  readonly group: string;
  readonly topics: Topics;
  readonly cursor: OwnedCursor;
  readonly reader: LogReader;
  readonly state: ClaimState;
  /** Ends the connections of the claim, and whatever waits for them. */
  close(): void;
}

/** A claim on a partition of a store in Kafka. */
export class KafkaClaim implements Claim {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly foundMark: CrashMark | null;
  /** Resolved when the claim was released or lost. */
  readonly closed: Promise<void>;

  readonly #parts: ClaimParts;
  readonly #revoked = new AbortController();
  readonly #turns = new Turns();
  #committing = false;
  #wrote = false;
  #open = true;
  #close = (): void => undefined;

  constructor(parts: ClaimParts) {
    this.#parts = parts;
    this.group = parts.group;
    this.topic = parts.topic;
    this.partition = parts.partition;
    this.foundMark = parts.cursor.mark;
    this.closed = new Promise((resolve) => {
      this.#close = resolve;
    });
  }

  get signal(): AbortSignal {
    return this.#revoked.signal;
  }

  get acknowledged(): number {
    return this.#parts.cursor.acknowledged;
  }

  fetch(limit?: FetchLimit, signal?: AbortSignal): Promise<Batch> {
    const signals = signal === undefined ? [this.signal] : [this.signal, signal];
    return this.#parts.reader.next(fetchLimit(limit), signals);
  }

  rewind(): void {
    this.#parts.reader.rewindTo(this.acknowledged);
  }

  async mark(mark: CrashMark): Promise<void> {
    await this.#fenced(async () => {
      this.#wrote = true;
      await this.#parts.cursor.setMark(mark);
    });
  }

  async append(records: readonly NewRecord[]): Promise<void> {
    const placed = await this.#parts.topics.place(records);
    await this.#fenced(() => this.#parts.cursor.append(placed));
  }

  async commit({ acknowledge, records = [], state = [], mark, work }: Transaction): Promise<void> {
    if (work !== undefined) {
      throw new EventyError("INVALID_ARGUMENT", "A transaction of Kafka has no connection to work on.");
    }
    const { topics, cursor, reader, state: states } = this.#parts;
    const placed = await topics.place(records);
    const changes = await states.prepare(state);
    checkAcknowledge(this, acknowledge, { acknowledged: this.acknowledged, fetched: reader.fetched });
    if (this.#committing) {
      throw new EventyError("INVALID_ARGUMENT", "A transaction of this claim is under way.");
    }
    this.#committing = true;
    try {
      await this.#fenced(() =>
        cursor.commit({ acknowledged: acknowledge, mark: mark ?? null }, [...placed, ...changes.records]),
      );
    } finally {
      this.#committing = false;
    }
    this.#wrote = true;
    changes.apply();
    reader.skipTo(acknowledge);
  }

  async state(state: string, key: string): Promise<Uint8Array | null> {
    // It has no turn: handlers ask while the commit before is on its way.
    if (!this.#open) throw fenced(this);
    return this.#parts.state.get(state, key);
  }

  async release(): Promise<void> {
    if (!this.#open) return;
    const { cursor, close } = this.#parts;
    this.#open = false;
    this.revoke();
    // Where it cannot be reached, the mark stays, as if this process had ended.
    await patiently(
      this.#turns.take(async () => {
        if (this.#wrote && cursor.mark !== null) await cursor.setMark(null);
      }),
    );
    close();
    this.#close();
  }

  /** Asks the holder to give the partition up. */
  revoke(): void {
    this.#revoked.abort();
  }

  /** Another one has it, or may have it soon. */
  lose(): void {
    if (!this.#open) return;
    this.#open = false;
    this.revoke();
    this.#parts.close();
    this.#close();
  }

  async #fenced<T>(operation: () => Promise<T>): Promise<T> {
    return this.#turns.take(async () => {
      if (!this.#open) throw fenced(this);
      try {
        return await operation();
      } catch (error) {
        if (!this.#open) throw fenced(this);
        if (error instanceof EventyError && error.code === "FENCED") this.lose();
        throw error;
      }
    });
  }
}
