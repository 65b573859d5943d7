import { randomUUID } from "node:crypto";
import { Kafka, logLevel } from "kafkajs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { TopicPartition } from "../../../../src/store/index.js";
import { decodeAssignment, encodeAssignment } from "../../../../src/store/kafka/group/assignment.js";
import { Coordination, type Generation } from "../../../../src/store/kafka/group/coordination.js";
import { Membership } from "../../../../src/store/kafka/group/membership.js";
import { KafkaStore } from "../../../../src/store/kafka/index.js";
import { settingsOf } from "../../../../src/store/kafka/settings.js";
import { until } from "../../until.js";
import { brokers } from "../brokers.js";
import { withConnections } from "../with-connections.js";
import { bystander } from "./bystander.js";

const stores: KafkaStore[] = [];
let group: string;
let topic: string;
beforeEach(() => {
  const id = randomUUID();
  [group, topic] = [`group-${id}`, `in-${id}`];
});
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(stores.splice(0).map((store) => store.close()));
});

function newStore(): KafkaStore {
  const store = new KafkaStore({ brokers });
  stores.push(store);
  return store;
}

/** The partitions on which a member of its own has claims. */
async function join(store: KafkaStore, claimed: (partition: number) => void): Promise<void> {
  const member = await store.join({ group, topics: [topic] });
  void (async () => {
    for await (const claim of member.claims()) {
      claimed(claim.partition);
      claim.signal.addEventListener("abort", () => void claim.release());
    }
  })();
}

test("a member of another kind gets a topic that was not there when it joined", async () => {
  const store = newStore();
  await store.createTopic(topic, 1);
  const claimed: number[] = [];
  await join(store, (partition) => claimed.push(partition));
  await until(() => claimed.length === 1);

  const later = `later-${randomUUID()}`;
  await withConnections(brokers, async (connections) => {
    const coordination = new Coordination(connections, settingsOf({ brokers }), group);
    let generation: Generation = { memberId: "", generationId: -1 };
    const joined = async (): Promise<readonly TopicPartition[]> => {
      generation = await coordination.join(generation.memberId, { topics: [later], owned: [] });
      return decodeAssignment(await coordination.sync(generation, []));
    };
    expect(await joined()).toEqual([]);
    await store.createTopic(later, 2);
    await until(() =>
      coordination.heartbeat(generation).then(
        () => false,
        () => true,
      ),
    );
    expect(await joined()).toEqual([
      { topic: later, partition: 0 },
      { topic: later, partition: 1 },
    ]);
    await coordination.leave(generation.memberId);
  });
});

test("partitions that a topic has got are given to members, whichever process leads them", async () => {
  await newStore().createTopic(topic, 2);
  const claimed: number[][] = [[], []];
  for (const [member, own] of claimed.entries()) {
    await join(newStore(), (partition) => own.push(partition));
    await until(() => (claimed[member]?.length ?? 0) > 0);
  }

  const kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createPartitions({ topicPartitions: [{ topic, count: 4 }] });
  await admin.disconnect();
  await until(() => [2, 3].every((partition) => claimed.flat().includes(partition)));
  for (const own of claimed) expect(Math.max(...own)).toBeGreaterThan(1);
});

test("a leader that ends while it joins looks after nothing", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const joined = { memberId: "a", leaderId: "a", generationId: 1, groupProtocol: "", members: [] };
  let answer = (_: Buffer): void => undefined;
  const coordination = { join: vi.fn(async () => joined), sync: vi.fn() };
  const asked = new Promise<void>((resolve) => {
    coordination.sync.mockImplementation(() => {
      resolve();
      return new Promise<Buffer>((given) => (answer = given));
    });
  });
  const none = async () => new Map<string, number>();
  const membership = new Membership(coordination as unknown as Coordination, none, bystander, 10_000);
  void membership.start();
  await asked;
  const ended = membership.end();
  answer(encodeAssignment([]));
  await ended;
  expect(vi.getTimerCount()).toBe(0);
});
