import { EventyError } from "../../record/index.js";
import { checkSamePartitions, checkTopic, unknownTopic } from "../check-topic.js";
import type { Partitioner } from "../partitioner.js";
import { Placement } from "../placement.js";
import type { NewRecord, TopicPartition } from "../stored-record.js";
import type { Session } from "./session.js";
import { LOCK_SCHEMA } from "./statements/connection.js";
import { CREATE_TOPIC } from "./statements/record.js";
import { shared } from "./statements/statement.js";
import { transaction } from "./transaction.js";

export interface Topic {
  readonly name: string;
  readonly id: number;
  readonly partitions: number;
  readonly places: readonly Place[];
}

/** A partition, in the words of the tables too. There is one of it in a store: it stands for itself in maps. */
export interface Place extends TopicPartition {
  readonly topicId: number;
}

/** Runs a job on one of the connections, once the tables are there. */
export type Run = <T>(job: (session: Session) => Promise<T>) => Promise<T>;

interface TopicRow {
  readonly topic_id: string;
  readonly partitions: string;
}

/** The topics. They never change, so each is read once. */
export class Topics {
  readonly #run: Run;
  readonly #placement: Placement;
  readonly #known = new Map<string, Topic>();

  constructor(run: Run, partitioner?: Partitioner) {
    this.#run = run;
    this.#placement = new Placement(partitioner);
  }

  /** @throws EventyError UNKNOWN_TOPIC */
  async get(name: string): Promise<Topic> {
    const topic = await this.#find(name);
    if (topic === undefined) throw unknownTopic(name);
    return topic;
  }

  /** Those of the topics that are there. */
  async findAll(names: Iterable<string>): Promise<readonly Topic[]> {
    const topics: Topic[] = [];
    for (const name of names) {
      const topic = await this.#find(name);
      if (topic !== undefined) topics.push(topic);
    }
    return topics;
  }

  /** @throws EventyError UNKNOWN_TOPIC; INVALID_ARGUMENT if the topic has no such partition */
  async keyOf({ topic, partition }: TopicPartition): Promise<readonly [topicId: number, partition: number]> {
    const { id, partitions } = await this.get(topic);
    if (!Number.isInteger(partition) || partition < 0 || partition >= partitions) {
      throw new EventyError(
        "INVALID_ARGUMENT",
        `Topic ${topic} has ${partitions} partitions: there is no ${partition}.`,
      );
    }
    return [id, partition];
  }

  /** @throws EventyError TOPIC_MISMATCH, INVALID_ARGUMENT */
  async create(name: string, partitions: number): Promise<void> {
    checkTopic(name, partitions);
    if ((await this.#find(name)) === undefined) {
      await this.#run((session) =>
        transaction(session, async () => {
          await session.query(LOCK_SCHEMA);
          const [there] = await session.query(shared("topic", [name]));
          if (there === undefined) await session.query({ ...CREATE_TOPIC, values: [name, partitions] });
        }),
      );
    }
    checkSamePartitions(name, partitions, (await this.get(name)).partitions);
  }

  /** Where each record goes. @throws EventyError UNKNOWN_TOPIC; INVALID_ARGUMENT */
  async place(records: readonly NewRecord[]): Promise<readonly Place[]> {
    for (const { topic } of records) if (!this.#known.has(topic)) await this.get(topic);
    const known = (name: string): Topic => {
      const topic = this.#known.get(name);
      if (topic === undefined) throw unknownTopic(name);
      return topic;
    };
    const partitions = this.#placement.place(records, (name) => known(name).partitions);
    return records.map(({ topic }, index) => known(topic).places[partitions[index] ?? 0] as Place);
  }

  async #find(name: string): Promise<Topic | undefined> {
    const known = this.#known.get(name);
    // U+0000 and the like are no topic, and no text of the database.
    if (known !== undefined || !/^[\w.-]+$/.test(name)) return known;
    const [row] = await this.#run((session) => session.query<TopicRow>(shared("topic", [name])));
    if (row === undefined) return undefined;
    const [id, partitions] = [Number(row.topic_id), Number(row.partitions)];
    const places = Array.from({ length: partitions }, (_, partition) => ({
      topic: name,
      topicId: id,
      partition,
    }));
    const topic = { name, id, partitions, places };
    this.#known.set(name, topic);
    return topic;
  }
}
