import assert from "node:assert/strict";
import { acknowledgeNext } from "./kit.js";
import type { Theme } from "./theme.js";

export const endChecks: Theme = {
  theme: "end of topics",
  checks: {
    "is reached where there is nothing": async (kit) => {
      const member = await kit.join({ group: kit.group(), topics: [await kit.topic(2), await kit.topic()] });
      assert(await member.atEnd());
    },

    "is reached when all records are acknowledged": async (kit) => {
      const topic = await kit.topic(2);
      await kit.append({ topic, partition: 0 }, "a");
      await kit.append({ topic, partition: 1 }, "b");
      const member = await kit.join({ group: kit.group(), topics: [topic] });
      for (const claim of (await kit.claimAll(member, 2)).values()) {
        assert.equal(await member.atEnd(), false);
        await acknowledgeNext(claim);
      }
      assert(await member.atEnd());
      await kit.append({ topic, partition: 0 }, "c");
      assert.equal(await member.atEnd(), false);
    },

    "is not reached by fetching": async (kit) => {
      const topic = await kit.topic();
      await kit.append({ topic, partition: 0 }, "a");
      const member = await kit.join({ group: kit.group(), topics: [topic] });
      await (await kit.claim(member)).fetch();
      assert.equal(await member.atEnd(), false);
    },

    "is that of the whole group": async (kit) => {
      const topic = await kit.topic(2);
      await kit.append({ topic, partition: 0 }, "a");
      await kit.append({ topic, partition: 1 }, "b");
      const options = { group: kit.group(), topics: [topic] };
      const first = await kit.join(options);
      for (const claim of (await kit.claimAll(first, 2)).values()) {
        if (claim.partition === 0) await acknowledgeNext(claim);
        else await claim.release();
      }
      const second = await kit.join(options);
      assert.equal(await first.atEnd(), false);
      assert.equal(await second.atEnd(), false);
    },

    "is where a group begins that begins at the newest record": async (kit) => {
      const topic = await kit.topic();
      await kit.append({ topic, partition: 0 }, "a");
      const member = await kit.join({ group: kit.group(), topics: [topic], start: "CURRENT" });
      await kit.claim(member);
      assert(await member.atEnd());
    },
  },
};
