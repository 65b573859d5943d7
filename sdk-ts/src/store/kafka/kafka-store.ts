import { EventyError } from "../../record/index.js";
import type { Batch, FetchLimit } from "../batch.js";
import { checkStart } from "../check-start.js";
import type { Member, MemberOptions } from "../member.js";
import { OpenMembers } from "../open-members.js";
import type { Bounds, RecordStore } from "../record-store.js";
import { type NewRecord, type Position, partitionName, type TopicPartition } from "../stored-record.js";
import { Append } from "./append.js";
import { Cluster } from "./client/cluster.js";
import { Connections } from "./client/connections.js";
import { CursorCopies } from "./cursors/cursor-copies.js";
import { findCursors } from "./cursors/find-cursors.js";
import type { Host } from "./host.js";
import { KafkaMember } from "./kafka-member.js";
import { Reader } from "./reader.js";
import { type KafkaStoreOptions, settingsOf } from "./settings.js";
import { Topics } from "./topics.js";

/**
 * A store on a cluster of Apache Kafka, version 4.0 or later, for as many processes and machines as there are.
 *
 * It keeps to the Kafka binding. Members are those of a consumer group, share its partitions, and take over from those
 * that are not heard of for a while; each claim commits in transactions. There is no work of the user in these.
 *
 * Needs the package `kafkajs` 2.2.4. Nothing is connected before it is used.
 */
export class KafkaStore implements RecordStore {
  readonly #host: Host;
  readonly #connections: Connections;
  readonly #append: Append;
  readonly #members = new OpenMembers();
  #closing: Promise<void> | undefined;

  /** @throws EventyError INVALID_ARGUMENT if an option is not one that is allowed */
  constructor(options: KafkaStoreOptions) {
    const settings = settingsOf(options);
    const cluster = new Cluster(settings);
    this.#connections = new Connections(cluster);
    const topics = new Topics(this.#connections, options.partitioner);
    const reader = new Reader(this.#connections);
    this.#append = new Append(this.#connections, topics);
    this.#host = { settings, cluster, topics, reader, copies: new CursorCopies(topics, reader) };
  }

  async createTopic(topic: string, partitions: number): Promise<void> {
    await this.#host.topics.create(topic, partitions);
  }

  async partitionsOf(topic: string): Promise<number> {
    return this.#host.topics.partitionsOf(topic);
  }

  async append(records: readonly NewRecord[]): Promise<readonly Position[]> {
    return this.#append.run(records);
  }

  async read(partition: TopicPartition, offset: number, limit?: FetchLimit): Promise<Batch> {
    return this.#host.reader.read(partition, offset, limit);
  }

  async bounds(partition: TopicPartition): Promise<Bounds> {
    return this.#host.reader.bounds(partition);
  }

  async offsetAt(partition: TopicPartition, date: Date): Promise<number> {
    return this.#host.reader.offsetAt(partition, date);
  }

  async acknowledged(group: string, partition: TopicPartition): Promise<number | null> {
    await this.#host.topics.check(partition);
    const cursors = await findCursors(this.#connections, this.#host.copies, group, [partition]);
    return cursors.get(partitionName(partition))?.acknowledged ?? null;
  }

  async join(options: MemberOptions): Promise<Member> {
    checkGroup(options.group);
    await this.#checkTopics(options);
    return this.#members.join((hasLeft) => new KafkaMember(this.#host, options, hasLeft));
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#members.close();
    await this.#connections.close();
    this.#host.cluster.close();
  }

  async #checkTopics({ topics, start }: MemberOptions): Promise<void> {
    for (const topic of topics) {
      checkStart(topic, await this.partitionsOf(topic), start);
    }
  }
}

function checkGroup(group: string): void {
  if (group !== "" && group.isWellFormed()) return;
  throw new EventyError(
    "INVALID_ARGUMENT",
    `${JSON.stringify(group)} cannot be a group of Kafka: it is empty, or has half a surrogate pair.`,
  );
}
