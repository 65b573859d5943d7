import { EventyError } from "../../../record/index.js";
import type { Batch, FetchLimit } from "../../batch.js";
import type { StoredRecord, TopicPartition } from "../../stored-record.js";
import { Backoff } from "../../waiting/backoff.js";
import { sleep } from "../../waiting/sleep.js";
import { Connections } from "../client/connections.js";
import { readTwice } from "../read-twice.js";
import { positionLost } from "./bounds.js";
import { fetchFrom } from "./fetch.js";
import { LogBuffer, prepared } from "./log-buffer.js";

/** Time that a broker waits for records, at most. */
const MAX_WAIT_MS = 500;
/** Bytes that are read at once. A single batch that is larger comes all the same. */
const MAX_BYTES = 1024 * 1024;

/**
 * Reads the committed records of a partition from one batch to the next.
 *
 * While a batch is handled, the one behind it is read, up to what a batch may hold. What was read and not handed out is
 * kept.
 */
export class LogReader {
  readonly #shared: Connections;
  /** Once a fetch was given up: others would wait behind it. */
  #own: Connections | undefined;
  readonly #partition: TopicPartition;
  readonly #buffer: LogBuffer;
  #fetched: number;
  /** Counts how often it began elsewhere. */
  #run = 0;
  #underWay: Promise<void> | undefined;
  /** The run in which it reads ahead. */
  #readsAhead: number | undefined;
  #closed = false;

  constructor(connections: Connections, { topic, partition }: TopicPartition, position: number) {
    this.#shared = connections;
    this.#partition = { topic, partition };
    this.#buffer = new LogBuffer(this.#partition, position);
    this.#fetched = position;
  }

  /** Offset behind the last record that was ever handed out. */
  get fetched(): number {
    return this.#fetched;
  }

  /** Has the next batch begin at an offset. */
  rewindTo(offset: number): void {
    this.#run++;
    this.#buffer.reset(offset);
    if (this.#underWay === undefined) return;
    this.#underWay = undefined;
    void this.#own?.close();
    this.#own = new Connections(this.#shared.cluster);
  }

  /** Has no later batch begin before an offset. */
  skipTo(offset: number): void {
    this.#buffer.skipTo(offset);
  }

  /**
   * Waits for records, and for a broker that cannot be reached, until a signal aborts: then the batch is empty.
   *
   * @throws EventyError POSITION_LOST, UNKNOWN_TOPIC, STORE_FAILED
   */
  async next(limit: Required<FetchLimit>, signals: readonly AbortSignal[]): Promise<Batch> {
    const run = this.#run;
    const backoff = new Backoff();
    for (;;) {
      const batch = this.#take(limit);
      if (batch.records.length > 0 || isAborted(signals)) return batch;
      const failure = await unlessAborted(this.#fetch(MAX_WAIT_MS), signals);
      // A rewind since then counts more than what was read before it.
      if (run !== this.#run) return { records: [], next: this.#buffer.position };
      if (failure === undefined) continue;
      if (!(failure instanceof EventyError) || failure.code !== "STORE_UNAVAILABLE") throw failure;
      await sleep(backoff.next(), ...signals);
    }
  }

  /** What is there now; does not wait. @throws EventyError POSITION_LOST, UNKNOWN_TOPIC, STORE_UNAVAILABLE, STORE_FAILED */
  async read(limit: Required<FetchLimit>): Promise<Batch> {
    for (;;) {
      const before = this.#buffer.end;
      await this.#fetch(0);
      const batch = this.#take(limit, false);
      if (batch.records.length > 0 || this.#buffer.end === before) return batch;
    }
  }

  /** Ends its connections, except for those that it was given. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#own?.close();
  }

  #take({ maxRecords, maxBytes }: Required<FetchLimit>, readOn = true): Batch {
    const records: StoredRecord[] = [];
    let bytes = 0;
    try {
      for (let record = this.#buffer.peek(); record !== undefined; record = this.#buffer.peek()) {
        bytes += record.value?.length ?? 0;
        if (records.length > 0 && bytes > maxBytes) break;
        this.#buffer.take(record);
        records.push(record);
        if (records.length === maxRecords) break;
      }
    } catch (error) {
      // It comes again once those before it are handed out.
      if (records.length === 0) throw error;
    }
    const next = this.#buffer.position;
    this.#fetched = Math.max(this.#fetched, next);
    // Its error, if it has one, comes again when it is asked for.
    if (records.length > 0 && readOn) this.#readAhead({ maxRecords, maxBytes }).catch(() => undefined);
    return { records, next };
  }

  /** Reads until the next batch is as large as it may be, or nothing more comes. */
  async #readAhead(limit: Required<FetchLimit>): Promise<void> {
    const run = this.#run;
    if (this.#readsAhead === run) return;
    this.#readsAhead = run;
    try {
      while (run === this.#run && !this.#closed && this.#buffer.isBelow(limit)) {
        const { end } = this.#buffer;
        await this.#fetch(MAX_WAIT_MS);
        if (this.#buffer.end === end) return;
      }
    } finally {
      if (this.#readsAhead === run) this.#readsAhead = undefined;
    }
  }

  #fetch(maxWaitMs: number): Promise<void> {
    if (this.#underWay !== undefined) return this.#underWay;
    const underWay = this.#fetchNow(maxWaitMs).finally(() => {
      if (this.#underWay === underWay) this.#underWay = undefined;
    });
    this.#underWay = underWay;
    return underWay;
  }

  async #fetchNow(maxWaitMs: number): Promise<void> {
    const run = this.#run;
    const offset = this.#buffer.end;
    const connections = this.#own ?? this.#shared;
    const { kafkaJs, settings } = connections.cluster;
    const request = {
      ...this.#partition,
      offset,
      maxWaitMs: Math.min(maxWaitMs, Math.floor(settings.requestTimeoutMs / 2)),
      maxBytes: MAX_BYTES,
    };
    const fetched = await readTwice(() =>
      connections.toLeader(this.#partition, (broker) => fetchFrom(broker, kafkaJs, request)),
    ).catch((error: unknown) => positionLost(connections, this.#partition, offset, error));
    const answer = await prepared(fetched, this.#partition, offset, kafkaJs);
    if (run === this.#run && !this.#closed) this.#buffer.add(answer);
  }
}

function isAborted(signals: readonly AbortSignal[]): boolean {
  return signals.some(({ aborted }) => aborted);
}

/** Waits for a job, or until a signal aborts; the job goes on then. @returns what it throws */
function unlessAborted(job: Promise<void>, signals: readonly AbortSignal[]): Promise<unknown> {
  return new Promise((resolve) => {
    const settle = (failure?: unknown): void => {
      for (const signal of signals) signal.removeEventListener("abort", abort);
      resolve(failure);
    };
    const abort = (): void => settle();
    for (const signal of signals) signal.addEventListener("abort", abort);
    job.then(abort, settle);
    if (isAborted(signals)) abort();
  });
}
