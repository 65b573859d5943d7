import { setTimeout as sleep } from "node:timers/promises";
import { EventyError } from "../../../record/index.js";
import type { TopicPartition } from "../../stored-record.js";
import type { Connections } from "../client/connections.js";
import type { KafkaBroker, Producer, TopicPartitions } from "../client/kafka-broker.js";
import { kafkaType, withoutOutcome } from "../errors.js";
import { produce } from "../log/produce.js";
import type { Placed } from "./placed.js";

/** An offset of a group that a transaction sets. */
export interface GroupOffset extends TopicPartition {
  readonly group: string;
  readonly offset: number;
  readonly metadata: string;
}

const LONGEST_PAUSE_MS = 20;

/**
 * The requests of a transactional id, to its coordinator. Who initialises it fences all that did so before.
 *
 * All throw EventyErrors; FENCED if somebody else has initialised it, or the coordinator has undone a transaction that
 * took too long.
 */
export class TransactionalProducer {
  readonly transactionalId: string;
  readonly #connections: Connections;
  readonly #timeoutMs: number;
  #producer: Producer = { producerId: "-1", producerEpoch: -1 };
  #sequences = new Map<string, number>();

  /** @param timeoutMs after which a transaction that is not ended is undone */
  constructor(connections: Connections, transactionalId: string, timeoutMs: number) {
    this.#connections = connections;
    this.transactionalId = transactionalId;
    this.#timeoutMs = timeoutMs;
  }

  /** Fences all others, and settles their transactions: afterwards, what they wrote is there or will never be. */
  async initialise(): Promise<void> {
    try {
      this.#producer = await this.#ask((broker) =>
        broker.initProducerId({
          transactionalId: this.transactionalId,
          transactionTimeout: this.#timeoutMs,
        }),
      );
    } catch (error) {
      throw withoutOutcome(error);
    }
    this.#sequences = new Map();
  }

  /** Begins a transaction, if none is open, and adds partitions to it. */
  async addPartitions(topics: readonly TopicPartitions[]): Promise<void> {
    await this.#ask((broker) => broker.addPartitionsToTxn({ ...this.#inTransaction, topics }));
  }

  /** Begins a transaction, if none is open, and adds offsets of a group to it. */
  async addOffsets(groupId: string): Promise<void> {
    await this.#ask((broker) => broker.addOffsetsToTxn({ ...this.#inTransaction, groupId }));
  }

  /** Appends records in the transaction, to partitions that were added to it. @returns the offset of each */
  send(records: readonly Placed[]): Promise<readonly number[]> {
    return produce(this.#connections, records, { ...this.#inTransaction, sequences: this.#sequences });
  }

  async commitOffset({ group, topic, partition, offset, metadata }: GroupOffset): Promise<void> {
    const partitions = [{ partition, offset: `${offset}`, metadata }];
    await this.#repeated(() =>
      this.#connections.toCoordinator("group", group, (broker) =>
        broker.txnOffsetCommit({ ...this.#inTransaction, groupId: group, topics: [{ topic, partitions }] }),
      ),
    );
  }

  /**
   * Ends the transaction, and waits until that can be seen everywhere.
   *
   * @throws EventyError OUTCOME_UNKNOWN if a commit may have been accepted or not
   */
  async commit(): Promise<void> {
    try {
      await this.#end(true);
    } catch (error) {
      throw isRefusal(error) ? error : outcomeUnknown(error);
    }
    // From now on it is committed. Asked again, the coordinator says so when all partitions have been told.
    await this.#end(true).catch(() => undefined);
  }

  /** Undoes the transaction. */
  async abort(): Promise<void> {
    await this.#end(false);
  }

  #end(transactionResult: boolean): Promise<unknown> {
    return this.#ask((broker) => broker.endTxn({ ...this.#inTransaction, transactionResult }));
  }

  get #inTransaction(): Producer & { readonly transactionalId: string } {
    return { ...this.#producer, transactionalId: this.transactionalId };
  }

  #ask<T>(request: (broker: KafkaBroker) => Promise<T>): Promise<T> {
    return this.#repeated(() =>
      this.#connections.toCoordinator("transaction", this.transactionalId, request),
    );
  }

  /**
   * Asks again while the transaction before this one is not settled, as long as an answer may take. It is not as long
   * as too few replicas are in sync with one of its partitions: its marker has to be written there.
   */
  async #repeated<T>(ask: () => Promise<T>): Promise<T> {
    const end = performance.now() + this.#connections.cluster.settings.requestTimeoutMs;
    for (let pause = 1; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        return await ask();
      } catch (error) {
        if (kafkaType(error) !== "CONCURRENT_TRANSACTIONS" || performance.now() > end) throw error;
      }
      await sleep(pause);
    }
  }
}

/** Whether it is certain that a commit was not accepted. */
function isRefusal(error: unknown): boolean {
  return error instanceof EventyError && error.code === "FENCED";
}

function outcomeUnknown(cause: unknown): EventyError {
  const { message } = EventyError.from(cause, "STORE_FAILED");
  return new EventyError(
    "OUTCOME_UNKNOWN",
    `It was not said whether a transaction is committed: ${message}`,
    {
      cause: cause instanceof EventyError ? cause.cause : cause,
    },
  );
}
