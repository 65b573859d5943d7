import assert from "node:assert/strict";
import { refused, textsOf } from "./kit.js";
import type { Theme } from "./theme.js";

export const readChecks: Theme = {
  theme: "read",
  checks: {
    "begins at an offset, and ends at a number of records": async (kit) => {
      const partition = { topic: await kit.topic(), partition: 0 };
      const offsets = await kit.append(partition, "a", "b", "c", "d");
      const batch = await kit.store.read(partition, offsets[1] ?? 0, { maxRecords: 2 });
      assert.deepEqual(textsOf(batch), ["b", "c"]);
      assert.deepEqual(
        batch.records.map(({ topic, partition, offset }) => ({ topic, partition, offset })),
        offsets.slice(1, 3).map((offset) => ({ ...partition, offset })),
      );
      assert.deepEqual(textsOf(await kit.store.read(partition, batch.next)), ["d"]);
    },

    "500 records at most unless it is told": async (kit) => {
      const partition = { topic: await kit.topic(), partition: 0 };
      const [begin = 0] = await kit.append(
        partition,
        ...Array.from({ length: 501 }, (_, index) => `${index}`),
      );
      assert.equal((await kit.store.read(partition, begin)).records.length, 500);
      assert.equal((await kit.store.read(partition, begin, { maxRecords: 600 })).records.length, 501);
    },

    "ends before a number of bytes, with one record at least": async (kit) => {
      const partition = { topic: await kit.topic(), partition: 0 };
      const [begin = 0] = await kit.append(partition, "12345", "12345", "1", "123456789012", "1");
      const sizes: number[] = [];
      const { end } = await kit.store.bounds(partition);
      for (let offset = begin; offset < end; ) {
        const batch = await kit.store.read(partition, offset, { maxBytes: 10 });
        sizes.push(batch.records.length);
        offset = batch.next;
      }
      assert.deepEqual(sizes, [2, 1, 1, 1]);
    },

    "impossible limits are refused": async (kit) => {
      const partition = { topic: await kit.topic(), partition: 0 };
      for (const limit of [0, -1, 1.5]) {
        await refused(kit.store.read(partition, 0, { maxRecords: limit }), "INVALID_ARGUMENT");
        await refused(kit.store.read(partition, 0, { maxBytes: limit }), "INVALID_ARGUMENT");
      }
    },

    "at the end there is nothing, and no waiting": async (kit) => {
      const partition = { topic: await kit.topic(), partition: 0 };
      await kit.append(partition, "a");
      const { end } = await kit.store.bounds(partition);
      assert.deepEqual(await kit.store.read(partition, end), { records: [], next: end });
    },

    "offsets outside of the partition are refused": async (kit) => {
      const partition = { topic: await kit.topic(), partition: 0 };
      await kit.append(partition, "a");
      const { begin, end } = await kit.store.bounds(partition);
      await refused(kit.store.read(partition, end + 1), "POSITION_LOST");
      await refused(kit.store.read(partition, begin - 1), "POSITION_LOST");
    },

    "a partition that the topic does not have is refused": async (kit) => {
      const topic = await kit.topic(2);
      for (const partition of [2, -1, 0.5]) {
        await refused(kit.store.read({ topic, partition }, 0), "INVALID_ARGUMENT");
        await refused(kit.store.bounds({ topic, partition }), "INVALID_ARGUMENT");
        await refused(kit.store.acknowledged(kit.group(), { topic, partition }), "INVALID_ARGUMENT");
      }
    },

    "partitions have bounds of their own": async (kit) => {
      const topic = await kit.topic(2);
      await kit.append({ topic, partition: 1 }, "a", "b");
      const empty = await kit.store.bounds({ topic, partition: 0 });
      assert.equal(empty.begin, empty.end);
      assert.deepEqual(await kit.texts({ topic, partition: 0 }), []);
      assert.deepEqual(await kit.texts({ topic, partition: 1 }), ["a", "b"]);
    },

    "moves no cursor": async (kit) => {
      const claim = await kit.holding("a", "b");
      const { begin } = await kit.store.bounds(claim);
      await kit.store.read(claim, begin);
      assert.equal(await kit.store.acknowledged(claim.group, claim), begin);
      assert.deepEqual(textsOf(await claim.fetch()), ["a", "b"]);
    },
  },
};
