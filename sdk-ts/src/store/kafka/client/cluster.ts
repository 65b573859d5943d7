import { setTimeout as sleep } from "node:timers/promises";
import { unknownTopic } from "../../check-topic.js";
import { partitionName, type TopicPartition } from "../../stored-record.js";
import { kafkaType, noSuchPartition, requestError } from "../errors.js";
import type { Settings } from "../settings.js";
import type { Address } from "./address.js";
import { AnyBroker } from "./any-broker.js";
import { type KafkaJs, loadKafkaJs } from "./kafkajs.js";
import { Links, type OpenBroker } from "./links.js";
import { metadataOf, type Node, type TopicMetadata } from "./metadata.js";
import { openBroker } from "./open-broker.js";

export type CoordinatorKind = "group" | "transaction";

/** The first coordinator of a new cluster needs a topic, which the broker makes then. */
const COORDINATOR_RETRY_MS = 50;

// Errors by their numbers in the protocol.
const LEADER_NOT_AVAILABLE = 5;
const NOT_CONTROLLER = 41;
/** There is no such topic, or it could have no such name. */
const UNKNOWN: readonly number[] = [3, 17];

/** What is known of the brokers: which of them leads a partition, and which coordinates a group. */
export class Cluster {
  readonly settings: Settings;
  readonly #links = new Links((address) => this.open(address));
  readonly #any = new AnyBroker(this.#links, () => this.#addresses);
  #kafkaJs: KafkaJs | undefined;
  #nodes: ReadonlyMap<number, Node> = new Map();
  #controller = -1;
  readonly #topics = new Map<string, TopicMetadata>();
  readonly #asked = new Map<string, Promise<TopicMetadata>>();
  readonly #coordinators = new Map<string, Address>();

  constructor(settings: Settings) {
    this.settings = settings;
  }

  /** Opens connections for someone else. @throws EventyError STORE_UNAVAILABLE, STORE_FAILED */
  readonly open: OpenBroker = async (address) => openBroker(this.kafkaJs, this.settings, address);

  /** @throws EventyError STORE_FAILED if it is not installed */
  get kafkaJs(): KafkaJs {
    this.#kafkaJs ??= loadKafkaJs();
    return this.#kafkaJs;
  }

  /** Where brokers were, and where they are to be found at first. */
  get #addresses(): readonly Address[] {
    return [...this.#nodes.values(), ...this.settings.brokers];
  }

  /** All brokers that are there now. @throws EventyError STORE_UNAVAILABLE, STORE_FAILED */
  async nodes(): Promise<readonly Node[]> {
    await this.#ask([]);
    return [...this.#nodes.values()];
  }

  /**
   * How many partitions topics have at present, without those that are not there.
   *
   * @throws EventyError STORE_UNAVAILABLE, STORE_FAILED
   */
  async partitionsOf(topics: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    for (const topic of await this.#ask(topics)) {
      if (this.#isThere(topic)) counts.set(topic.name, topic.leaders.length);
    }
    return counts;
  }

  /** As it was when it was asked for. @throws EventyError UNKNOWN_TOPIC, STORE_UNAVAILABLE, STORE_FAILED */
  async topic(name: string): Promise<TopicMetadata> {
    const known = this.#topics.get(name) ?? this.#asked.get(name);
    if (known !== undefined) return known;
    const asked = this.#askTopic(name).finally(() => this.#asked.delete(name));
    this.#asked.set(name, asked);
    return asked;
  }

  /** @throws EventyError UNKNOWN_TOPIC; INVALID_ARGUMENT if there is no such partition; STORE_UNAVAILABLE */
  async leaderOf(partition: TopicPartition): Promise<Node> {
    let { leaders } = await this.topic(partition.topic);
    if (partition.partition >= leaders.length) {
      // It may have got more.
      this.forgetLeaders(partition.topic);
      ({ leaders } = await this.topic(partition.topic));
    }
    const leader = leaders[partition.partition];
    if (leader === undefined) throw noSuchPartition(partition.topic, partition.partition, leaders.length);
    const node = this.#nodes.get(leader);
    if (node !== undefined) return node;
    this.forgetLeaders(partition.topic);
    throw requestError(this.error(LEADER_NOT_AVAILABLE), partitionName(partition));
  }

  /**
   * @param timeoutMs how long a broker may take to answer
   * @throws EventyError STORE_UNAVAILABLE, STORE_FAILED
   */
  async coordinatorOf(kind: CoordinatorKind, id: string, timeoutMs: number): Promise<Address> {
    const name = `${kind} ${id}`;
    const known = this.#coordinators.get(name);
    if (known !== undefined) return known;
    const end = performance.now() + this.settings.requestTimeoutMs;
    for (;;) {
      try {
        const { coordinator } = await this.#any.ask(
          (broker) => broker.findGroupCoordinator({ groupId: id, coordinatorType: kind === "group" ? 0 : 1 }),
          timeoutMs,
        );
        this.#coordinators.set(name, coordinator);
        return coordinator;
      } catch (error) {
        const soon = kafkaType(error) === "GROUP_COORDINATOR_NOT_AVAILABLE";
        if (!soon || performance.now() > end) throw error;
      }
      await sleep(COORDINATOR_RETRY_MS);
    }
  }

  /** @throws EventyError STORE_UNAVAILABLE, STORE_FAILED */
  async controller(): Promise<Node> {
    if (!this.#nodes.has(this.#controller)) await this.#ask([]);
    const node = this.#nodes.get(this.#controller);
    if (node === undefined) throw requestError(this.error(NOT_CONTROLLER), "The cluster");
    return node;
  }

  forgetLeaders(topic: string): void {
    this.#topics.delete(topic);
  }

  forgetCoordinator(kind: CoordinatorKind, id: string): void {
    this.#coordinators.delete(`${kind} ${id}`);
  }

  forgetController(): void {
    this.#controller = -1;
  }

  /** The error that a broker reports by its number in the protocol. */
  error(code: number): Error {
    return this.kafkaJs.createErrorFromCode(code);
  }

  close(): void {
    this.#links.close();
  }

  async #askTopic(name: string): Promise<TopicMetadata> {
    const [topic] = await this.#ask([name]);
    if (topic === undefined || !this.#isThere(topic)) throw unknownTopic(name);
    this.#topics.set(name, topic);
    return topic;
  }

  /** @throws EventyError STORE_UNAVAILABLE, STORE_FAILED */
  #isThere({ name, errorCode }: TopicMetadata): boolean {
    if (UNKNOWN.includes(errorCode)) return false;
    if (errorCode !== 0) throw requestError(this.error(errorCode), `Topic ${name}`);
    return true;
  }

  async #ask(topics: readonly string[]): Promise<readonly TopicMetadata[]> {
    const metadata = await this.#any.ask(
      (broker) => metadataOf(broker, topics),
      this.settings.requestTimeoutMs,
    );
    this.#nodes = new Map(metadata.nodes.map((node) => [node.id, node]));
    this.#controller = metadata.controller;
    return metadata.topics;
  }
}
