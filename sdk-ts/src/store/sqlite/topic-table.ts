import { EventyError } from "../../record/index.js";
import { checkSamePartitions, unknownTopic } from "../check-topic.js";
import { partitionName, type TopicPartition } from "../stored-record.js";
import type { Connection, Statement } from "./connection.js";

interface Topic {
  readonly id: number;
  readonly partitions: number;
}

/** The first columns of the key of a row: of what partition of what topic it is. */
export type PartitionKey = readonly [topicId: number, partition: number];

/** `eventy_topic`, all of which is known: nobody else can change it. */
export class TopicTable {
  readonly #topics = new Map<string, Topic>();
  readonly #insert: Statement;
  readonly #insertHead: Statement;

  constructor(connection: Connection) {
    this.#insert = connection.prepare(
      "INSERT INTO eventy_topic (topic_id, name, partitions) VALUES (?1, ?2, ?3)",
    );
    this.#insertHead = connection.prepare(
      "INSERT INTO eventy_head (topic_id, partition_id, begin_offset, end_offset, appended_at) VALUES (?1, ?2, 0, 0, 0)",
    );
    for (const row of connection.prepare("SELECT name, topic_id, partitions FROM eventy_topic").all([])) {
      const [name, id, partitions] = row as [string, number, number];
      this.#topics.set(name, { id, partitions });
    }
  }

  partitionsOf(name: string): number {
    return this.#topic(name).partitions;
  }

  keyOf(partition: TopicPartition): PartitionKey {
    const { id, partitions } = this.#topic(partition.topic);
    const there =
      Number.isInteger(partition.partition) && partition.partition >= 0 && partition.partition < partitions;
    if (!there) throw new EventyError("INVALID_ARGUMENT", `There is no ${partitionName(partition)}.`);
    return [id, partition.partition];
  }

  /** Writes a topic, or finds that it is there. It is known once the transaction is committed: see {@link add}. */
  insert(name: string, partitions: number): Topic {
    const there = this.#topics.get(name);
    if (there !== undefined) {
      checkSamePartitions(name, partitions, there.partitions);
      return there;
    }
    const id = Math.max(0, ...[...this.#topics.values()].map((topic) => topic.id)) + 1;
    this.#insert.run([id, name, partitions]);
    for (let partition = 0; partition < partitions; partition++) this.#insertHead.run([id, partition]);
    return { id, partitions };
  }

  add(name: string, topic: Topic): void {
    this.#topics.set(name, topic);
  }

  #topic(name: string): Topic {
    const topic = this.#topics.get(name);
    if (topic === undefined) throw unknownTopic(name);
    return topic;
  }
}
