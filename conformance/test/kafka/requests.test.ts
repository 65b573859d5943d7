import { randomUUID } from "node:crypto";
import { Partitioners } from "kafkajs";
import { afterAll, expect, it } from "vitest";
import { KafkaCluster } from "../../src/kafka/cluster.js";
import { describeGroup } from "../../src/kafka/groups.js";
import { commitOffset, offsetFetch } from "../../src/kafka/offsets.js";
import { describeTopic } from "../../src/kafka/topics.js";
import { epochOf } from "../../src/kafka/transactions.js";
import { KAFKA_VARIABLE } from "../../src/servers/kafka/problem.js";
import { createTopics } from "../servers/kafka/create-topics.js";
import { clientOf } from "../servers/kafka/records.js";

const brokers = (process.env[KAFKA_VARIABLE] ?? "").split(",");
const cluster = new KafkaCluster(brokers);
const kafka = clientOf(brokers);
const name = `inspect-${randomUUID()}`;
const place = { topic: name, partition: 1 };

afterAll(() => cluster.close());

it("a topic has the settings that it was given, and those that it was not", async () => {
  await createTopics(kafka, cluster, { [name]: 2 });
  const settings = await cluster.any(describeTopic(name));
  expect(settings.get("cleanup.policy")).toBe("delete");
  expect(settings.get("min.compaction.lag.ms")).toBe("0");
});

it("an offset is set for a group without members, with what is noted beside it", async () => {
  await cluster.coordinator("group", name, commitOffset(name, place, 7, "noted"));
  expect(await cluster.coordinator("group", name, offsetFetch(name, place))).toEqual({
    offset: 7,
    metadata: "noted",
  });
});

it("a group has members, with what they said and were given", async () => {
  const group = `${name}-members`;
  const consumer = kafka.consumer({ groupId: group });
  try {
    await consumer.connect();
    await consumer.subscribe({ topic: name });
    const joined = new Promise((resolve) => consumer.on("consumer.group_join", resolve));
    await consumer.run({ eachMessage: async () => {} });
    await joined;
    const { state, protocolType, protocol, members } = await cluster.coordinator(
      "group",
      group,
      describeGroup(group),
    );
    expect([state, protocolType, protocol]).toEqual(["Stable", "consumer", "RoundRobinAssigner"]);
    expect(members.map(({ topics, owned, assigned }) => ({ topics, owned, assigned }))).toEqual([
      { topics: [name], owned: [], assigned: [0, 1].map((partition) => ({ topic: name, partition })) },
    ]);
  } finally {
    await consumer.disconnect();
  }
});

it("each initialisation of a transactional id raises its epoch", async () => {
  const epochs: number[] = [];
  for (let times = 0; times < 2; times++) {
    const producer = kafka.producer({
      transactionalId: name,
      maxInFlightRequests: 1,
      idempotent: true,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    const transaction = await producer.transaction();
    await transaction.abort();
    epochs.push(await cluster.coordinator("transaction", name, epochOf(name)));
    await producer.disconnect();
  }
  expect(epochs[1]).toBeGreaterThan(epochs[0] ?? Number.NaN);
});
