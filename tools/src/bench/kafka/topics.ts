import { setTimeout } from "node:timers/promises";
import type { Admin, Kafka, Producer } from "kafkajs";
import { batchSize } from "../store/drain.js";
import { headers, takeInputs } from "../store/input.js";
import { kafkaClient, transactionalProducer } from "./client.js";
import type { Flow } from "./flow.js";

/** As the SDK creates them; in small segments, so that what was handled is soon off the disk. */
const config = {
  "message.timestamp.type": "LogAppendTime",
  "max.message.bytes": String(16 << 20),
  "segment.bytes": String(64 << 20),
  "file.delete.delay.ms": "1000",
};

/** How long it may take until what was created can be used. */
const startMs = 10_000;

/** The topics of all contenders: what waits in them, and how far it is handled. */
export class Topics {
  readonly #admin: Admin;
  readonly #producer: Producer;

  private constructor(kafka: Kafka) {
    this.#admin = kafka.admin();
    this.#producer = transactionalProducer(kafka, "eventy-bench-fill");
  }

  static async open(brokers: readonly string[]): Promise<Topics> {
    const topics = new Topics(kafkaClient(brokers));
    await topics.#admin.connect();
    await topics.#producer.connect();
    return topics;
  }

  /** Creates topics, in place of those of an earlier run. */
  async create(names: readonly string[], partitions: number): Promise<void> {
    const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }));
    const there = await this.#admin.listTopics();
    const old = names.filter((name) => there.includes(name));
    if (old.length > 0) await this.#admin.deleteTopics({ topics: old });
    await this.#admin.createTopics({
      topics: names.map((topic) => ({ topic, numPartitions: partitions, configEntries })),
      waitForLeaders: true,
    });
  }

  /**
   * Has so many records wait, spread evenly: in one transaction, so that all are there at once when the time begins.
   *
   * @returns the offset behind the last record of each partition
   */
  async fill({ input, output, partitions }: Flow, records: number): Promise<number[]> {
    await this.forget([input, output]);
    const ends = await this.#ends(input);
    const transaction = await this.#producer.transaction();
    const inputs = takeInputs(records, "large");
    for (let from = 0, turn = 0; from < records; from += batchSize, turn++) {
      const partition = turn % partitions;
      const messages = inputs
        .slice(from, from + batchSize)
        .map(({ key, value }) => ({ key, value: Buffer.from(value), headers, partition }));
      await transaction.send({ topic: input, messages });
      ends[partition] = (ends[partition] ?? 0) + messages.length;
    }
    await transaction.commit();
    return ends;
  }

  /** Whether the group has committed all offsets up to these. */
  async isHandled({ group, input }: Flow, ends: readonly number[]): Promise<boolean> {
    const [found] = await whenReady(() => this.#admin.fetchOffsets({ groupId: group, topics: [input] }));
    return ends.every((end, partition) =>
      (found?.partitions ?? []).some((each) => each.partition === partition && Number(each.offset) >= end),
    );
  }

  /** Removes what is there. The last record stays, since a group may stand before the marker behind it. */
  async forget(topics: readonly string[]): Promise<void> {
    for (const topic of topics) {
      const ends = await this.#ends(topic);
      const partitions = ends.map((end, partition) => ({ partition, offset: String(Math.max(0, end - 2)) }));
      await whenReady(() => this.#admin.deleteTopicRecords({ topic, partitions }));
    }
  }

  /** How many members a group has; none while they agree who has what. */
  async membersOf(group: string): Promise<number> {
    const { groups } = await whenReady(() => this.#admin.describeGroups([group]));
    return groups.reduce((sum, { state, members }) => sum + (state === "Stable" ? members.length : 0), 0);
  }

  async close(): Promise<void> {
    await this.#producer.disconnect();
    await this.#admin.disconnect();
  }

  /** Behind what is committed, markers included. */
  async #ends(topic: string): Promise<number[]> {
    const ends = await whenReady(() => this.#admin.fetchTopicOffsets(topic));
    return ends.sort((a, b) => a.partition - b.partition).map(({ high }) => Number(high));
  }
}

/** A topic or a group that is new is not known to all parts of a broker at once. */
async function whenReady<T>(ask: () => Promise<T>): Promise<T> {
  for (const deadline = Date.now() + startMs; ; await setTimeout(20)) {
    try {
      return await ask();
    } catch (error) {
      const passes = error instanceof Error && "retriable" in error && error.retriable === true;
      if (!passes || Date.now() > deadline) throw error;
    }
  }
}
