import assert from "node:assert/strict";
import { acknowledgeNext, fetchTexts, recordOf, refused } from "./kit.js";
import type { Theme } from "./theme.js";
import { within } from "./within.js";

export const closingChecks: Theme = {
  theme: "closing",
  needs: ({ durable }) => durable ?? true,
  checks: {
    "what was committed is there afterwards, and nothing else": async (kit) => {
      const topic = await kit.topic(2);
      const outputs = { topic: await kit.topic(), partition: 0 };
      const options = { group: kit.group(), topics: [topic] };
      await kit.append({ topic, partition: 1 }, "a", "b");
      const claims = await kit.claimAll(await kit.join(options), 2);
      const claim = claims.get(`${topic}/1`);
      assert(claim !== undefined);
      const { next } = await claim.fetch({ maxRecords: 1 });
      await claim.commit({
        acknowledge: next,
        records: [recordOf(outputs, "x")],
        state: [{ state: "s", key: "k", value: Uint8Array.of(1) }],
      });
      await claim.fetch();
      await kit.store.close();

      const again = await kit.open();
      assert.equal(await again.partitionsOf(topic), 2);
      assert.equal(await again.acknowledged(options.group, { topic, partition: 1 }), next);
      const { begin } = await again.bounds(outputs);
      assert.equal((await again.read(outputs, begin)).records.length, 1);
      const successors = await kit.claimAll(await kit.join(options, again), 2);
      const successor = successors.get(`${topic}/1`);
      assert(successor !== undefined);
      assert.deepEqual([...((await successor.state("s", "k")) ?? [])], [1]);
      assert.deepEqual(await fetchTexts(successor), ["b"]);
    },

    "ends what waits, and fences what goes on": async (kit) => {
      const topic = await kit.topic();
      const member = await kit.join({ group: kit.group(), topics: [topic] });
      const claims = member.claims();
      const first = await within(claims.next(), "a claim");
      assert(first.done !== true);
      const claim = first.value;
      const [fetching, next] = [claim.fetch(), claims.next()];
      await within(kit.store.close(), "the store to close");
      assert.deepEqual((await within(fetching, "the end of a fetch")).records, []);
      assert.equal((await within(next, "the end of the claims")).done, true);
      await refused(claim.mark({ offset: 0, until: 1, attempt: 0 }), "FENCED");
      await within(claim.release(), "the release of a claim");
      await within(member.leave(), "the member to leave");
    },

    "twice is as once, and then everything is refused": async (kit) => {
      const topic = await kit.topic();
      await kit.store.close();
      await kit.store.close();
      await refused(kit.store.append([recordOf({ topic, partition: 0 }, "a")]), "STORE_FAILED");
      await refused(kit.store.join({ group: kit.group(), topics: [topic] }), "STORE_FAILED");
    },

    "a group goes on in the store that is opened next": async (kit) => {
      const topic = await kit.topic();
      const options = { group: kit.group(), topics: [topic] };
      await kit.append({ topic, partition: 0 }, "a", "b");
      await kit.only(options);
      await kit.store.close();
      const claim = await kit.claim(await kit.join(options, await kit.open()));
      assert.deepEqual((await acknowledgeNext(claim)).records.length, 2);
    },
  },
};
