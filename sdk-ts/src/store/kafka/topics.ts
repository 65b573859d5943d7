import { EventyError } from "../../record/index.js";
import { checkSamePartitions, checkTopic } from "../check-topic.js";
import type { Partitioner } from "../partitioner.js";
import { Placement } from "../placement.js";
import type { NewRecord, TopicPartition } from "../stored-record.js";
import { sleep } from "../waiting/sleep.js";
import type { Connections } from "./client/connections.js";
import { kafkaType, noSuchPartition } from "./errors.js";
import { isReady } from "./is-ready.js";
import { readTwice } from "./read-twice.js";
import type { Placed } from "./writing/placed.js";

type Config = Readonly<Record<string, string>>;

/** Topics keep everything, and date records when they are appended. */
const CONFIG: Config = {
  "cleanup.policy": "delete",
  "retention.ms": "-1",
  "retention.bytes": "-1",
  "message.timestamp.type": "LogAppendTime",
};
const REPLICAS = 3;
/** Milliseconds between looks at whether a new topic is ready. */
const LOOK_MS = 20;

/** The topics. Their numbers of partitions never change. */
export class Topics {
  readonly #connections: Connections;
  readonly #placement: Placement;
  readonly #partitions = new Map<string, number>();

  constructor(connections: Connections, partitioner?: Partitioner) {
    this.#connections = connections;
    this.#placement = new Placement(partitioner);
  }

  /** @throws EventyError UNKNOWN_TOPIC, STORE_UNAVAILABLE, STORE_FAILED */
  async partitionsOf(name: string): Promise<number> {
    const known = this.#partitions.get(name);
    if (known !== undefined) return known;
    const { leaders } = await this.#connections.cluster.topic(name);
    this.#partitions.set(name, leaders.length);
    return leaders.length;
  }

  /** @throws EventyError UNKNOWN_TOPIC; INVALID_ARGUMENT if there is no such partition; STORE_UNAVAILABLE, STORE_FAILED */
  async check({ topic, partition }: TopicPartition): Promise<void> {
    const partitions = await this.partitionsOf(topic);
    if (!Number.isInteger(partition) || partition < 0 || partition >= partitions) {
      throw noSuchPartition(topic, partition, partitions);
    }
  }

  /** @throws EventyError TOPIC_MISMATCH, INVALID_ARGUMENT, STORE_UNAVAILABLE, STORE_FAILED */
  async create(name: string, partitions: number): Promise<void> {
    checkTopic(name, partitions);
    const { topicConfig } = this.#connections.cluster.settings;
    checkSamePartitions(name, partitions, await this.ensure(name, partitions, topicConfig));
  }

  /**
   * Creates a topic if it is not there.
   *
   * @param config beyond that of all topics
   * @returns how many partitions it has
   * @throws EventyError STORE_UNAVAILABLE, STORE_FAILED
   */
  async ensure(name: string, partitions: number, config: Config): Promise<number> {
    const existing = await this.find(name);
    if (existing !== undefined) return existing;
    await readTwice(() => this.#create(name, partitions, config));
    await this.#untilReady(name);
    return this.partitionsOf(name);
  }

  /**
   * Looks for a topic that somebody else may be creating, and waits until it is ready.
   *
   * @returns how many partitions it has; undefined: it is not there
   * @throws EventyError STORE_UNAVAILABLE, STORE_FAILED
   */
  async find(name: string): Promise<number | undefined> {
    const known = this.#partitions.get(name);
    if (known !== undefined) return known;
    try {
      await this.#connections.cluster.topic(name);
    } catch (error) {
      if (error instanceof EventyError && error.code === "UNKNOWN_TOPIC") return undefined;
      throw error;
    }
    await this.#untilReady(name);
    return this.partitionsOf(name);
  }

  /** Chooses the partition of each record. @throws EventyError UNKNOWN_TOPIC, INVALID_ARGUMENT, STORE_UNAVAILABLE */
  async place(records: readonly NewRecord[]): Promise<readonly Placed[]> {
    for (const { topic } of records) if (!this.#partitions.has(topic)) await this.partitionsOf(topic);
    const partitions = this.#placement.place(records, (topic) => this.#partitions.get(topic) ?? 0);
    return records.map((record, index) => ({ ...record, partition: partitions[index] ?? 0 }));
  }

  async #create(topic: string, numPartitions: number, config: Config): Promise<void> {
    const { cluster } = this.#connections;
    const { replicationFactor, requestTimeoutMs } = cluster.settings;
    const replicas = replicationFactor ?? Math.min(REPLICAS, (await cluster.nodes()).length);
    // With all copies but one, so that one broker may be lost.
    const safe: Config = replicas >= REPLICAS ? { "min.insync.replicas": "2" } : {};
    const entries = Object.entries({ ...CONFIG, ...safe, ...config });
    const configEntries = entries.map(([name, value]) => ({ name, value }));
    try {
      await this.#connections.toController((broker) =>
        broker.createTopics({
          topics: [{ topic, numPartitions, replicationFactor: replicas, configEntries }],
          timeout: requestTimeoutMs,
        }),
      );
    } catch (error) {
      // Somebody else has created it, or this process when its answer got lost.
      if (kafkaType(error) === "TOPIC_ALREADY_EXISTS") return;
      throw nameError(topic, error);
    }
  }

  /** What the controller has created, the brokers hear of a little later. */
  async #untilReady(topic: string): Promise<void> {
    const end = performance.now() + this.#connections.cluster.settings.requestTimeoutMs;
    while (!(await isReady(this.#connections, topic))) {
      if (performance.now() > end) {
        throw new EventyError("STORE_UNAVAILABLE", `Topic ${topic} was created, and is not ready yet.`);
      }
      await sleep(LOOK_MS);
    }
  }
}

/** A broker may refuse a name that differs from another one by full stops and underscores only. */
function nameError(topic: string, error: unknown): unknown {
  if (kafkaType(error) !== "INVALID_TOPIC_EXCEPTION") return error;
  return new EventyError("STORE_FAILED", `Kafka refuses ${topic} as the name of a topic.`, { cause: error });
}
