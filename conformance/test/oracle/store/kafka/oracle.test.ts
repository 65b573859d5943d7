import { CompressionTypes, type Kafka, type Message, Partitioners, type Producer } from "kafkajs";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { KafkaCluster } from "../../../../src/kafka/cluster.js";
import { deleteRecords } from "../../../../src/kafka/partitions.js";
import { readBatches } from "../../../../src/kafka/read-partition.js";
import { alterTopic } from "../../../../src/kafka/topics.js";
import { wipe } from "../../../../src/kafka/wipe.js";
import { KafkaOracle } from "../../../../src/oracle/store/kafka.js";
import { toValue } from "../../../../src/oracle/values.js";
import type { KafkaServer } from "../../../../src/servers/kafka/server.js";
import { startKafka } from "../../../../src/servers/kafka/start.js";
import { createTopics } from "../../../servers/kafka/create-topics.js";
import { clientOf } from "../../../servers/kafka/records.js";

let server: KafkaServer;
let cluster: KafkaCluster;
let kafka: Kafka;
let oracle: KafkaOracle;

beforeAll(async () => {
  server = await startKafka();
  cluster = new KafkaCluster(server.brokers);
  kafka = clientOf(server.brokers);
  oracle = new KafkaOracle(cluster, (act) => act());
});

beforeEach(() => wipe(cluster));

afterAll(async () => {
  await cluster.close();
  await server.stop();
});

/** Creates topics with their numbers of partitions. */
async function create(topics: { readonly [topic: string]: number }): Promise<void> {
  await createTopics(kafka, cluster, topics);
}

async function connected(transactionalId?: string): Promise<Producer> {
  const producer = kafka.producer({
    ...(transactionalId && { transactionalId, idempotent: true, maxInFlightRequests: 1 }),
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  return producer;
}

async function append(
  topic: string,
  messages: Message[],
  compression = CompressionTypes.None,
): Promise<void> {
  const producer = await connected();
  await producer.send({ topic, messages, compression });
  await producer.disconnect();
}

/** Appends in a transaction, and sets the offset of the group `g` in partition 0. */
async function transact(
  end: "commit" | "abort" | "nothing",
  { value, offset, metadata }: { value: string; offset?: string; metadata?: string },
): Promise<() => Promise<void>> {
  const producer = await connected(`of-${value}`);
  const transaction = await producer.transaction();
  await transaction.send({ topic: "t", messages: [{ partition: 0, value }] });
  if (offset !== undefined) {
    const partitions = [{ partition: 0, offset, metadata: metadata ?? null }];
    await transaction.sendOffsets({ consumerGroupId: "g", topics: [{ topic: "t", partitions }] });
  }
  if (end !== "nothing") await transaction[end]();
  return async () => {
    if (end === "nothing") await transaction.abort();
    await producer.disconnect();
  };
}

async function values(topic = "t"): Promise<readonly string[]> {
  return (await oracle.records(topic)).map(({ value, offset }) => `${value}@${offset}`);
}

describe("the oracle of Kafka", () => {
  it("sees nothing where there is nothing, and makes nothing", async () => {
    expect(await oracle.records("t", 2)).toEqual([]);
    expect(await oracle.acknowledged("g", "t", 1)).toBeNull();
    expect(await oracle.mark("g", "t", 1)).toBeNull();
    expect(await oracle.end("t", 1)).toBeUndefined();
    const place = { group: "g", state: "s", topic: "t", partition: 1 };
    expect(await oracle.state(place, "k")).toBeUndefined();
    expect((await cluster.describe()).topics.map(({ topic }) => topic)).not.toContain("t");
  });

  it("reads keys, values and headers, compressed or not", async () => {
    await create({ t: 2 });
    await append("t", [{ partition: 1, key: "k", value: Buffer.from([0, 255]), headers: { x: "é", y: "" } }]);
    await append("t", [{ partition: 1, value: null }], CompressionTypes.GZIP);
    await append("t", [{ partition: 0, key: "", value: "" }]);
    expect(await oracle.records("t", 2)).toEqual([
      { topic: "t", partition: 0, offset: 0, key: "", value: Buffer.from(""), headers: {} },
      {
        topic: "t",
        partition: 1,
        offset: 0,
        key: "k",
        value: Buffer.from([0, 255]),
        headers: { x: "é", y: "" },
      },
      { topic: "t", partition: 1, offset: 1, key: null, value: null, headers: {} },
    ]);
    expect((await readBatches(cluster, { topic: "t", partition: 1 })).map((one) => one.compression)).toEqual([
      0, 1,
    ]);
  });

  it("sees what is committed, also behind what is open", async () => {
    await create({ t: 1 });
    const ends = [
      await transact("commit", { value: "a" }),
      await transact("abort", { value: "b" }),
      await transact("nothing", { value: "c" }),
    ];
    await append("t", [{ value: "d" }]);
    expect(await values()).toEqual(["a@0", "d@5"]);
    expect(await oracle.end("t", 0)).toBe(6);
    for (const end of ends) await end();
    expect(await values()).toEqual(["a@0", "d@5"]);
  });

  it("reads the cursor and the mark of a group, once they are committed", async () => {
    await create({ t: 1 });
    const metadata = '{"mark":{"offset":1,"until":3,"attempt":2}}';
    const ends = [
      await transact("commit", { value: "a", offset: "1", metadata }),
      await transact("nothing", { value: "b", offset: "7", metadata: "" }),
    ];
    expect(await oracle.acknowledged("g", "t", 0)).toBe(1);
    expect(await oracle.mark("g", "t", 0)).toEqual({ offset: 1, until: 3, attempt: 2 });
    for (const end of ends) await end();
    await (await transact("commit", { value: "c", offset: "2", metadata: "of another tool" }))();
    expect(await oracle.acknowledged("g", "t", 0)).toBe(2);
    expect(await oracle.mark("g", "t", 0)).toBeNull();
  });

  it("reads the copy of a cursor where the group has none", async () => {
    await create({ t: 1, "eventy-cursors": 16 });
    const key = "%C3%A9:t:0";
    await append("eventy-cursors", [
      { key, value: '{"acknowledged":5}' },
      { key, value: '{"acknowledged":6,"mark":{"offset":6,"until":9,"attempt":0}}' },
    ]);
    expect(await oracle.acknowledged("é", "t", 0)).toBe(6);
    expect(await oracle.mark("é", "t", 0)).toEqual({ offset: 6, until: 9, attempt: 0 });
    await append("eventy-cursors", [{ key, value: null }]);
    expect(await oracle.acknowledged("é", "t", 0)).toBeNull();
  });

  it("reads states from their changelogs", async () => {
    await create({ "g_2F1.s.t.changelog": 2 });
    const place = { group: "g/1", state: "s", topic: "t", partition: 1 };
    await append("g_2F1.s.t.changelog", [
      { partition: 1, key: "k", value: "1" },
      { partition: 1, key: "k", value: '{"n":9007199254740993}' },
      { partition: 1, key: "gone", value: "1" },
      { partition: 1, key: "gone", value: null },
    ]);
    expect(await oracle.state(place, "k")).toEqual(toValue({ n: 9007199254740993n }));
    expect(await oracle.state(place, "gone")).toBeUndefined();
    expect(await oracle.state({ ...place, partition: 0 }, "k")).toBeUndefined();
  });

  it("sees one moment, whoever writes", async () => {
    await create({ t: 1 });
    await append("t", [{ value: "a" }]);
    let looks = 0;
    const seen = await oracle.atOnce(async (still) => {
      const before = (await still.records("t")).length;
      // Somebody writes in the middle of the first look.
      if (looks++ === 0) await append("t", [{ value: "b" }]);
      return [before, (await still.records("t")).length];
    });
    expect([looks, seen]).toEqual([2, [2, 2]]);
  });

  it("has everybody stand still where there is always somebody who writes", async () => {
    await create({ t: 1 });
    let isStill = false;
    const stopping = new KafkaOracle(cluster, async (act) => {
      isStill = true;
      return act();
    });
    const count = await stopping.atOnce(async (still) => {
      if (!isStill) await append("t", [{ value: "a" }]);
      return (await still.records("t")).length;
    });
    expect(isStill).toBe(true);
    expect(count).toBe((await oracle.records("t")).length);
  });

  it("reads what is left of a topic", async () => {
    await create({ t: 1 });
    await append("t", [{ value: "a" }, { value: "b" }, { value: "c" }]);
    const place = { topic: "t", partition: 0 };
    await cluster.leader(place, deleteRecords(place, 2));
    expect(await values()).toEqual(["c@2"]);
    await cluster.controller(alterTopic("t", { "max.message.bytes": "1" }));
    await expect(append("t", [{ value: "d" }])).rejects.toThrow();
    await cluster.controller(alterTopic("t", { "max.message.bytes": null }));
    await append("t", [{ value: "d" }]);
    expect(await values()).toEqual(["c@2", "d@3"]);
  });
});
