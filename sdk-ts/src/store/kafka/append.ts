import { randomUUID } from "node:crypto";
import { EventyError } from "../../record/index.js";
import type { NewRecord, Position } from "../stored-record.js";
import { Backoff } from "../waiting/backoff.js";
import { sleep } from "../waiting/sleep.js";
import type { Connections } from "./client/connections.js";
import { kafkaType } from "./errors.js";
import { isOneBatch, produce } from "./log/produce.js";
import type { Topics } from "./topics.js";
import { Turns } from "./turns.js";
import { untilReady } from "./until-ready.js";
import type { Placed } from "./writing/placed.js";
import { transact } from "./writing/transaction.js";
import { TransactionalProducer } from "./writing/transactional-producer.js";

/** Appends records outside of claims. */
export class Append {
  readonly #connections: Connections;
  readonly #topics: Topics;
  #producer: TransactionalProducer;
  /** A producer has one transaction at a time. */
  readonly #turns = new Turns();
  #isInitialised = false;

  constructor(connections: Connections, topics: Topics) {
    this.#connections = connections;
    this.#topics = topics;
    this.#producer = producerOf(connections);
  }

  /**
   * Appends all of them, or none: in one batch, or else in a transaction.
   *
   * @returns where each stands
   * @throws EventyError UNKNOWN_TOPIC, INVALID_ARGUMENT, STORE_UNAVAILABLE, STORE_FAILED, OUTCOME_UNKNOWN
   */
  async run(records: readonly NewRecord[]): Promise<readonly Position[]> {
    const placed = await this.#topics.place(records);
    if (placed.length === 0) return [];
    const offsets = isOneBatch(placed)
      ? await unlessRefused(() => produce(this.#connections, placed))
      : await this.#turns.take(() => unlessRefused(() => this.#transact(placed)));
    return placed.map(({ topic, partition }, index) => ({ topic, partition, offset: offsets[index] ?? -1 }));
  }

  async #transact(records: readonly Placed[]): Promise<readonly number[]> {
    if (!this.#isInitialised) await this.#initialise();
    this.#isInitialised = false;
    try {
      const offsets = await transact(this.#producer, records);
      this.#isInitialised = true;
      return offsets;
    } catch (error) {
      // As long as the transaction is open, nobody reads what comes behind it. Where that cannot be ended now, its
      // time-out ends it, or the initialisation before the next one.
      await this.#initialise().catch(() => undefined);
      throw error;
    }
  }

  /** The coordinator of a new cluster, or of one that has just lost it, needs a moment. */
  async #initialise(): Promise<void> {
    const end = performance.now() + this.#connections.cluster.settings.requestTimeoutMs;
    for (const backoff = new Backoff(); ; ) {
      try {
        await this.#producer.initialise();
        this.#isInitialised = true;
        return;
      } catch (error) {
        const { code } = EventyError.from(error, "STORE_FAILED");
        const isSaid = code === "STORE_UNAVAILABLE" && kafkaType(error) !== undefined;
        if (!isSaid || performance.now() > end) {
          // A transaction that cannot be settled is to hold up nobody else.
          if (kafkaType(error) === "CONCURRENT_TRANSACTIONS") this.#producer = producerOf(this.#connections);
          throw nothingThere(error);
        }
      }
      await sleep(backoff.next());
    }
  }
}

/** With an id that nobody else has, so that nobody is fenced by it. */
function producerOf(connections: Connections): TransactionalProducer {
  const { transactionTimeoutMs } = connections.cluster.settings;
  return new TransactionalProducer(connections, `eventy-append:${randomUUID()}`, transactionTimeoutMs);
}

/** Tries again if nothing was written: another broker leads the partition now, or will in a moment. */
async function unlessRefused<T>(append: () => Promise<T>): Promise<T> {
  try {
    return await untilReady(append, ({ code }) => code === "STORE_UNAVAILABLE" || code === "FENCED");
  } catch (error) {
    throw nothingThere(error);
  }
}

/** The transactional id expired, or the transaction took too long: there is no fence outside of claims. */
function nothingThere(error: unknown): unknown {
  if (!(error instanceof EventyError) || error.code !== "FENCED") return error;
  return new EventyError("STORE_UNAVAILABLE", error.message, { cause: error.cause });
}
