import assert from "node:assert/strict";
import { murmur2Partitioner, type NewRecord } from "../../store/index.js";
import { type Kit, recordOf, refused } from "./kit.js";
import type { Theme } from "./theme.js";

/** What comes back of a record that is appended to a topic of its own. */
async function roundTrip(kit: Kit, record: Omit<NewRecord, "topic">): Promise<NewRecord> {
  const topic = await kit.topic();
  await kit.store.append([{ topic, ...record }]);
  const { records } = await kit.store.read(
    { topic, partition: 0 },
    (await kit.store.bounds({ topic, partition: 0 })).begin,
  );
  assert.equal(records.length, 1);
  const [stored] = records;
  assert(stored !== undefined);
  return stored;
}

export const appendChecks: Theme = {
  theme: "append",
  checks: {
    "positions are those where the records stand": async (kit) => {
      const topic = await kit.topic(2);
      const positions = await kit.store.append(
        [1, 0, 1, 1].map((partition, index) => recordOf({ topic, partition }, `${index}`)),
      );
      assert.deepEqual(
        positions.map(({ topic, partition }) => ({ topic, partition })),
        [1, 0, 1, 1].map((partition) => ({ topic, partition })),
      );
      for (const [index, { offset, ...partition }] of positions.entries()) {
        const { records } = await kit.store.read(partition, offset, { maxRecords: 1 });
        assert.equal(Buffer.from(records[0]?.value ?? []).toString(), `${index}`);
      }
    },

    "offsets grow, without gaps if the store says so": async (kit) => {
      const partition = { topic: await kit.topic(), partition: 0 };
      const offsets = [...(await kit.append(partition, "a", "b")), ...(await kit.append(partition, "c"))];
      assert.deepEqual(
        offsets,
        [...new Set(offsets)].sort((a, b) => a - b),
      );
      if (kit.under.gapless ?? true) assert.deepEqual(offsets, [0, 1, 2]);
      assert.deepEqual(await kit.texts(partition), ["a", "b", "c"]);
    },

    "the key decides the partition, by murmur2": async (kit) => {
      const topic = await kit.topic(5);
      const keys = ["", "a", "foobar", "é\u{1f600}", "21", "x".repeat(1000)];
      const positions = await kit.store.append(keys.map((key) => ({ topic, key, value: null })));
      assert.deepEqual(
        positions.map(({ partition }) => partition),
        keys.map((key) => murmur2Partitioner(key, 5)),
      );
    },

    "records without a key stay together in a call, and use all partitions over many": async (kit) => {
      const topic = await kit.topic(3);
      const used = new Set<number>();
      for (let call = 0; call < 30; call++) {
        const positions = await kit.store.append([1, 2, 3].map(() => ({ topic, key: null, value: null })));
        const partitions = new Set(positions.map(({ partition }) => partition));
        assert.equal(partitions.size, 1);
        for (const partition of partitions) used.add(partition);
      }
      assert.equal(used.size, 3);
    },

    "a partition that is named wins over the key": async (kit) => {
      const topic = await kit.topic(2);
      for (const partition of [0, 1]) {
        const [position] = await kit.store.append([{ topic, partition, key: "k", value: null }]);
        assert.equal(position?.partition, partition);
      }
      for (const partition of [2, -1, 0.5]) {
        await refused(kit.store.append([{ topic, partition, key: "k", value: null }]), "INVALID_ARGUMENT");
      }
    },

    "null and nothing are kept apart, in keys and values": async (kit) => {
      for (const key of [null, ""]) {
        for (const value of [null, new Uint8Array(0)]) {
          const stored = await roundTrip(kit, { key, value });
          assert.equal(stored.key, key);
          assert.deepEqual(stored.value && [...stored.value], value && []);
        }
      }
    },

    "all bytes, keys and headers come back": async (kit) => {
      const value = Uint8Array.from({ length: 1024 }, (_, index) => index);
      const key = "\u{1f600} é \u0001 \"' \\ \u2028";
      const headers = { "content-type": "application/json", empty: "", "x-text": `${key}\n` };
      const stored = await roundTrip(kit, { key, value, headers });
      assert.deepEqual([...(stored.value ?? [])], [...value]);
      assert.equal(stored.key, key);
      assert.deepEqual({ ...stored.headers }, headers);
      assert.deepEqual({ ...(await roundTrip(kit, { key, value })).headers }, {});
    },

    "large values come back": async (kit) => {
      const value = new Uint8Array(700_000).map((_, index) => index % 251);
      const stored = await roundTrip(kit, { key: null, value });
      assert(Buffer.from(value).equals(stored.value ?? new Uint8Array()));
    },

    "bytes that are written over afterwards are not changed in the store": async (kit) => {
      const partition = { topic: await kit.topic(), partition: 0 };
      const value = Buffer.from("before");
      await kit.store.append([{ ...partition, key: null, value }]);
      value.fill("x");
      const { begin } = await kit.store.bounds(partition);
      for (const record of (await kit.store.read(partition, begin)).records) record.value?.fill(0);
      assert.deepEqual(await kit.texts(partition), ["before"]);
    },

    "all records of a call are there, or none": async (kit) => {
      const partition = { topic: await kit.topic(), partition: 0 };
      const unknown = { topic: `${partition.topic}-unknown`, partition: 0 };
      await refused(kit.store.append([recordOf(partition, "a"), recordOf(unknown, "b")]), "UNKNOWN_TOPIC");
      const beyond = { ...partition, partition: 1 };
      await refused(kit.store.append([recordOf(partition, "a"), recordOf(beyond, "b")]), "INVALID_ARGUMENT");
      assert.deepEqual(await kit.texts(partition), []);
    },

    "nothing can be appended": async (kit) => {
      assert.deepEqual(await kit.store.append([]), []);
    },

    "appends at the same time keep each call's order, and lose nothing": async (kit) => {
      const topic = await kit.topic(2);
      const calls = Array.from({ length: 20 }, (_, call) =>
        kit.store.append(
          [0, 1, 0, 1].map((partition, index) => recordOf({ topic, partition }, `${call}:${index}`)),
        ),
      );
      await Promise.all(calls);
      for (const partition of [0, 1]) {
        const texts = await kit.texts({ topic, partition });
        assert.equal(new Set(texts).size, 40);
        for (let call = 0; call < 20; call++) {
          const own = texts.filter((text) => text.startsWith(`${call}:`));
          assert.deepEqual(own, [`${call}:${partition}`, `${call}:${partition + 2}`]);
        }
      }
    },

    "ten thousand records in one call": async (kit) => {
      const partition = { topic: await kit.topic(), partition: 0 };
      const texts = Array.from({ length: 10_000 }, (_, index) => `${index}`);
      await kit.append(partition, ...texts);
      assert.deepEqual(await kit.texts(partition), texts);
    },
  },
};
