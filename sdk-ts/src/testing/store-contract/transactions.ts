import assert from "node:assert/strict";
import { fetchTexts, type Kit, recordOf, refused, textsOf } from "./kit.js";
import type { Theme } from "./theme.js";

const bytes = Uint8Array.of(1, 2, 3);

async function outputsOf(kit: Kit): Promise<{ topic: string; partition: number }> {
  return { topic: await kit.topic(), partition: 0 };
}

export const transactionChecks: Theme = {
  theme: "transactions",
  checks: {
    "all of it is there": async (kit) => {
      const claim = await kit.holding("a", "b");
      const outputs = await outputsOf(kit);
      const { next } = await claim.fetch();
      await claim.commit({
        acknowledge: next,
        records: ["x", "y"].map((text) => recordOf(outputs, text)),
        state: [{ state: "s", key: "k", value: bytes }],
      });
      assert.equal(await kit.store.acknowledged(claim.group, claim), next);
      assert.deepEqual(await kit.texts(outputs), ["x", "y"]);
      assert.deepEqual([...((await claim.state("s", "k")) ?? [])], [...bytes]);
    },

    "or nothing of it, and it may be tried again": async (kit) => {
      const claim = await kit.holding("a", "b");
      const outputs = await outputsOf(kit);
      const { next } = await claim.fetch();
      const before = claim.acknowledged;
      const good = {
        acknowledge: next,
        records: [recordOf(outputs, "x")],
        state: [{ state: "s", key: "k", value: bytes }],
      };
      const unknown = { topic: `${outputs.topic}-unknown`, partition: 0 };
      await refused(
        claim.commit({ ...good, records: [...good.records, recordOf(unknown, "y")] }),
        "UNKNOWN_TOPIC",
      );
      assert.equal(claim.acknowledged, before);
      assert.equal(await kit.store.acknowledged(claim.group, claim), before);
      assert.deepEqual(await kit.texts(outputs), []);
      assert.equal(await claim.state("s", "k"), null);
      await claim.commit(good);
      assert.deepEqual(await kit.texts(outputs), ["x"]);
    },

    "may append to several topics, and to the one that is read": async (kit) => {
      const claim = await kit.holding("a");
      const outputs = await outputsOf(kit);
      const { next } = await claim.fetch();
      const own = { topic: claim.topic, partition: claim.partition };
      await claim.commit({
        acknowledge: next,
        records: [recordOf(own, "b"), recordOf(outputs, "x"), recordOf(own, "c")],
      });
      assert.deepEqual(await kit.texts(outputs), ["x"]);
      assert.deepEqual(await fetchTexts(claim), ["b", "c"]);
    },

    "records go to the partition of their key": async (kit) => {
      const claim = await kit.holding("a");
      const topic = await kit.topic(4);
      const { next } = await claim.fetch();
      const keys = ["a", "b", "c", "d", "e"];
      await claim.commit({ acknowledge: next, records: keys.map((key) => ({ topic, key, value: null })) });
      const [expected] = [await kit.store.append(keys.map((key) => ({ topic, key, value: null })))];
      for (const [index, key] of keys.entries()) {
        const partition = expected[index]?.partition ?? -1;
        const { begin } = await kit.store.bounds({ topic, partition });
        const { records } = await kit.store.read({ topic, partition }, begin);
        assert.equal(records.filter((record) => record.key === key).length, 2);
      }
    },

    "follow each other, each with what the one before it left": async (kit) => {
      const claim = await kit.holding("a", "b", "c");
      const outputs = await outputsOf(kit);
      for (let index = 0; index < 3; index++) {
        const batch = await claim.fetch({ maxRecords: 1 });
        const records = textsOf(batch).map((text) => recordOf(outputs, text.toUpperCase()));
        await claim.commit({ acknowledge: batch.next, records });
      }
      assert.deepEqual(await kit.texts(outputs), ["A", "B", "C"]);
    },

    "of one claim at the same time happen at most once": async (kit) => {
      const claim = await kit.holding("a", "b");
      const outputs = await outputsOf(kit);
      const [first, second] = [await claim.fetch({ maxRecords: 1 }), await claim.fetch()];
      const outcomes = await Promise.allSettled([
        claim.commit({ acknowledge: first.next, records: [recordOf(outputs, "a")] }),
        claim.commit({ acknowledge: second.next, records: [recordOf(outputs, "b")] }),
      ]);
      const texts = outcomes.flatMap(({ status }, index) =>
        status === "fulfilled" ? [["a", "b"][index]] : [],
      );
      assert.equal(texts.length, 1);
      assert.deepEqual(await kit.texts(outputs), texts);
    },

    "of many groups at the same time lose nothing": async (kit) => {
      const outputs = await outputsOf(kit);
      const claims = await Promise.all([1, 2, 3, 4, 5].map(() => kit.holding("a", "b", "c", "d")));
      const run = async (claim: (typeof claims)[number], name: number): Promise<void> => {
        for (let index = 0; index < 4; index++) {
          const batch = await claim.fetch({ maxRecords: 1 });
          const records = textsOf(batch).map((text) => recordOf(outputs, `${name}${text}`));
          await claim.commit({ acknowledge: batch.next, records });
        }
      };
      await Promise.all(claims.map(run));
      const texts = await kit.texts(outputs);
      assert.equal(texts.length, 20);
      for (const name of claims.keys()) {
        assert.deepEqual(
          texts.filter((text) => text.startsWith(`${name}`)),
          ["a", "b", "c", "d"].map((text) => `${name}${text}`),
        );
      }
    },

    "may be large": async (kit) => {
      const claim = await kit.holding("a");
      const outputs = await outputsOf(kit);
      const { next } = await claim.fetch();
      const texts = Array.from({ length: 20_000 }, (_, index) => `${index}`);
      await claim.commit({
        acknowledge: next,
        records: texts.map((text) => recordOf(outputs, text)),
        state: texts.slice(0, 2000).map((key) => ({ state: "s", key, value: bytes })),
      });
      assert.deepEqual(await kit.texts(outputs), texts);
      assert.notEqual(await claim.state("s", "1999"), null);
    },
  },
};
