import assert from "node:assert/strict";
import { acknowledgeNext, fetchTexts, recordOf, refused, textsOf } from "./kit.js";
import type { Theme } from "./theme.js";

export const claimChecks: Theme = {
  theme: "claims",
  checks: {
    "say what they are for": async (kit) => {
      const topic = await kit.topic();
      const group = kit.group();
      const claim = await kit.only({ group, topics: [topic] });
      assert.deepEqual([claim.group, claim.topic, claim.partition], [group, topic, 0]);
      assert.equal(claim.signal.aborted, false);
      assert.equal(claim.foundMark, null);
    },

    "fetch goes on where the last one ended": async (kit) => {
      const claim = await kit.holding("a", "b", "c");
      assert.deepEqual(await fetchTexts(claim, 2), ["a", "b"]);
      assert.deepEqual(await fetchTexts(claim, 2), ["c"]);
    },

    "rewind goes back to what is acknowledged": async (kit) => {
      const claim = await kit.holding("a", "b", "c");
      const { next } = await claim.fetch({ maxRecords: 1 });
      await claim.commit({ acknowledge: next });
      assert.deepEqual(await fetchTexts(claim), ["b", "c"]);
      claim.rewind();
      assert.deepEqual(await fetchTexts(claim), ["b", "c"]);
      assert.equal(claim.acknowledged, next);
    },

    "rewind counts more than a fetch under way": async (kit) => {
      const claim = await kit.holding("a", "b");
      const fetching = claim.fetch({ maxRecords: 1 });
      claim.rewind();
      await fetching;
      assert.deepEqual(await fetchTexts(claim), ["a", "b"]);
    },

    "commit does not move what is fetched next": async (kit) => {
      const claim = await kit.holding("a", "b", "c");
      const { next } = await claim.fetch({ maxRecords: 1 });
      assert.deepEqual(await fetchTexts(claim, 1), ["b"]);
      await claim.commit({ acknowledge: next });
      assert.deepEqual(await fetchTexts(claim, 1), ["c"]);
    },

    "acknowledged is durable": async (kit) => {
      const claim = await kit.holding("a", "b");
      const { next } = await acknowledgeNext(claim);
      assert.equal(claim.acknowledged, next);
      assert.equal(await kit.store.acknowledged(claim.group, claim), next);
    },

    "a transaction moves on, and not beyond what was fetched": async (kit) => {
      const claim = await kit.holding("a", "b", "c");
      const { begin, end } = await kit.store.bounds(claim);
      const { next } = await claim.fetch({ maxRecords: 2 });
      for (const acknowledge of [begin - 1, begin, end, end + 1, begin + 0.5, Number.NaN]) {
        await refused(claim.commit({ acknowledge, state: [] }), "INVALID_ARGUMENT");
      }
      await claim.commit({ acknowledge: next });
      await refused(claim.commit({ acknowledge: next }), "INVALID_ARGUMENT");
      assert.equal(await kit.store.acknowledged(claim.group, claim), next);
    },

    "append through a claim acknowledges nothing": async (kit) => {
      const claim = await kit.holding("a");
      const before = claim.acknowledged;
      const outputs = { topic: await kit.topic(), partition: 0 };
      await claim.append([recordOf(outputs, "x"), recordOf(outputs, "y")]);
      assert.deepEqual(await kit.texts(outputs), ["x", "y"]);
      assert.equal(await kit.store.acknowledged(claim.group, claim), before);
      await refused(
        claim.append([{ ...recordOf(outputs, "z"), topic: `${outputs.topic}-unknown` }]),
        "UNKNOWN_TOPIC",
      );
    },

    "who takes over goes on behind what was acknowledged": async (kit) => {
      const topic = await kit.topic();
      const options = { group: kit.group(), topics: [topic] };
      await kit.append({ topic, partition: 0 }, "a", "b", "c");
      const member = await kit.join(options);
      const claim = await kit.claim(member);
      const { next } = await claim.fetch({ maxRecords: 1 });
      await claim.commit({ acknowledge: next });
      await claim.fetch();
      await claim.release();
      await member.leave();
      const successor = await kit.only(options);
      assert.equal(successor.acknowledged, next);
      assert.deepEqual(textsOf(await successor.fetch()), ["b", "c"]);
    },

    "what was released writes nothing": async (kit) => {
      const claim = await kit.holding("a");
      const { next } = await claim.fetch();
      const outputs = { topic: await kit.topic(), partition: 0 };
      const before = claim.acknowledged;
      await claim.release();
      await claim.release();
      assert(claim.signal.aborted);
      await refused(claim.commit({ acknowledge: next, records: [recordOf(outputs, "x")] }), "FENCED");
      await refused(claim.append([recordOf(outputs, "x")]), "FENCED");
      await refused(claim.mark({ offset: 0, until: 1, attempt: 0 }), "FENCED");
      assert.deepEqual((await claim.fetch()).records, []);
      assert.deepEqual(await kit.texts(outputs), []);
      assert.equal(await kit.store.acknowledged(claim.group, claim), before);
    },
  },
};
