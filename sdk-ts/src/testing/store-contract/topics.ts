import assert from "node:assert/strict";
import { refused } from "./kit.js";
import type { Theme } from "./theme.js";

export const topicChecks: Theme = {
  theme: "topics",
  checks: {
    "a topic has the partitions that it was created with": async (kit) => {
      assert.equal(await kit.store.partitionsOf(await kit.topic(7)), 7);
    },

    "creating a topic again changes nothing": async (kit) => {
      const topic = await kit.topic(2);
      await kit.append({ topic, partition: 0 }, "a");
      await kit.store.createTopic(topic, 2);
      assert.deepEqual(await kit.texts({ topic, partition: 0 }), ["a"]);
    },

    "a topic created at once by several has them all succeed": async (kit) => {
      const topic = `${await kit.topic()}-again`;
      await Promise.all(Array.from({ length: 5 }, () => kit.store.createTopic(topic, 3)));
      assert.equal(await kit.store.partitionsOf(topic), 3);
    },

    "another number of partitions is refused": async (kit) => {
      const topic = await kit.topic(2);
      await refused(kit.store.createTopic(topic, 3), "TOPIC_MISMATCH");
      assert.equal(await kit.store.partitionsOf(topic), 2);
    },

    "impossible topics are refused": async (kit) => {
      const name = await kit.topic();
      for (const partitions of [0, -1, 1.5]) {
        await refused(kit.store.createTopic(`${name}-new`, partitions), "INVALID_ARGUMENT");
      }
      for (const topic of ["", ".", "a:b", "a b", "x".repeat(250)]) {
        await refused(kit.store.createTopic(topic, 1), "INVALID_ARGUMENT");
      }
    },

    "unknown topics are refused": async (kit) => {
      const topic = `${await kit.topic()}-unknown`;
      await refused(kit.store.partitionsOf(topic), "UNKNOWN_TOPIC");
      await refused(kit.store.bounds({ topic, partition: 0 }), "UNKNOWN_TOPIC");
      await refused(kit.store.read({ topic, partition: 0 }, 0), "UNKNOWN_TOPIC");
      await refused(kit.store.append([{ topic, key: null, value: null }]), "UNKNOWN_TOPIC");
      await refused(kit.store.join({ group: kit.group(), topics: [topic] }), "UNKNOWN_TOPIC");
    },
  },
};
