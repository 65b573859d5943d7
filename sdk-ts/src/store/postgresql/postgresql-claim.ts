import { EventyError } from "../../record/index.js";
import type { Batch, FetchLimit } from "../batch.js";
import { checkAcknowledge } from "../check-acknowledge.js";
import type { Claim, CrashMark, Transaction } from "../claim.js";
import { fenced } from "../fenced.js";
import { fetchLimit } from "../fetch-limit.js";
import type { NewRecord } from "../stored-record.js";
import { Append } from "./append.js";
import { changeState } from "./change-state.js";
import { Fetching } from "./fetching.js";
import type { Host } from "./host.js";
import { OwnedCursor, type Taken } from "./owned-cursor.js";
import { shared } from "./statements/statement.js";
import { doWork } from "./work.js";

/** A claim on a partition of a store in PostgreSQL. */
export class PostgresqlClaim implements Claim {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly foundMark: CrashMark | null;
  /** Resolved when the claim was released or lost. */
  readonly closed: Promise<void>;

  readonly #host: Host;
  readonly #topicId: number;
  readonly #cursor: OwnedCursor;
  readonly #fetching: Fetching;
  readonly #revoked = new AbortController();
  #committing = false;
  #wrote = false;
  #open = true;
  #close = (): void => undefined;

  constructor(host: Host, taken: Taken) {
    this.#host = host;
    this.group = taken.group;
    this.topic = taken.topic;
    this.partition = taken.partition;
    this.foundMark = taken.mark;
    this.#topicId = taken.topicId;
    this.#cursor = new OwnedCursor(taken, host.closed);
    this.#fetching = new Fetching(host, taken);
    this.closed = new Promise((resolve) => {
      this.#close = resolve;
    });
  }

  get signal(): AbortSignal {
    return this.#revoked.signal;
  }

  get acknowledged(): number {
    return this.#cursor.acknowledged;
  }

  fetch(limit?: FetchLimit, signal?: AbortSignal): Promise<Batch> {
    const signals = signal === undefined ? [this.signal] : [this.signal, signal];
    return this.#fetching.next(fetchLimit(limit), signals);
  }

  rewind(): void {
    this.#fetching.rewindTo(this.acknowledged);
  }

  async mark(mark: CrashMark): Promise<void> {
    await this.#fenced(() => this.#cursor.mark(mark));
    this.#wrote = true;
  }

  async append(records: readonly NewRecord[]): Promise<void> {
    const append = new Append(records, await this.#host.topics.place(records));
    await this.#fenced(() => this.#cursor.append((session) => append.run(session)));
    this.#host.signals.tellRecords(append.names);
  }

  async commit({ acknowledge, records = [], state = [], mark, work }: Transaction): Promise<void> {
    const append = new Append(records, await this.#host.topics.place(records));
    const { acknowledged } = this;
    checkAcknowledge(this, acknowledge, { acknowledged, fetched: this.#fetching.fetched });
    if (this.#committing)
      throw new EventyError("INVALID_ARGUMENT", "A transaction of this claim is under way.");
    this.#committing = true;
    try {
      await this.#fenced(() =>
        this.#cursor.commit(acknowledge, mark, async (session) => {
          if (work !== undefined) await doWork(session, work, this.#host.settings);
          await changeState(session, [this.group, this.#topicId, this.partition], state);
          // Last, because all who append there wait for it.
          await append.run(session);
        }),
      );
    } finally {
      this.#committing = false;
    }
    this.#wrote = true;
    this.#fetching.skipTo(acknowledge);
    this.#host.signals.tellRecords(append.names);
  }

  async state(state: string, key: string): Promise<Uint8Array | null> {
    const values = [this.group, this.#topicId, this.partition, state, key];
    const [row] = await this.#fenced(() =>
      this.#host.run((session) => session.query<{ value: Uint8Array }>(shared("state", values))),
    );
    return row?.value ?? null;
  }

  async release(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    this.revoke();
    // Where it cannot be reached, the member notices later that it has what it does not know of.
    await this.#cursor.giveBack(this.#wrote).catch(() => undefined);
    this.#close();
    this.#host.signals.tellGroup(this.group);
  }

  /** Asks the holder to give the partition up. */
  revoke(): void {
    this.#revoked.abort();
  }

  /** Another one has it. */
  lose(): void {
    this.#open = false;
    this.revoke();
    this.#close();
  }

  async #fenced<T>(operation: () => Promise<T>): Promise<T> {
    if (!this.#open) throw fenced(this);
    try {
      return await operation();
    } catch (error) {
      if (error instanceof EventyError && error.code === "FENCED") this.lose();
      throw error;
    }
  }
}
