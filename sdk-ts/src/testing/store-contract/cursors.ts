import assert from "node:assert/strict";
import type { Cursor } from "../../store/index.js";
import { acknowledgeNext, fetchTexts, type Kit, refused } from "./kit.js";
import type { Theme } from "./theme.js";

/** The first text that a new group gets when it begins there; a record is appended once it has joined. */
async function firstText(kit: Kit, topic: string, start?: Cursor): Promise<string | undefined> {
  const claim = await kit.only({
    group: kit.group(),
    topics: [topic],
    ...(start !== undefined && { start }),
  });
  await kit.append({ topic, partition: 0 }, "new");
  return (await fetchTexts(claim))[0];
}

export const cursorChecks: Theme = {
  theme: "cursors",
  checks: {
    "a group begins at the oldest record, unless it is told": async (kit) => {
      const topic = await kit.topic();
      await kit.append({ topic, partition: 0 }, "a", "b");
      for (const start of [undefined, "BEGIN", "ACKNOWLEDGED"] as const) {
        assert.equal(await firstText(kit, topic, start), "a");
      }
    },

    "CURRENT begins behind the newest record": async (kit) => {
      const topic = await kit.topic();
      await kit.append({ topic, partition: 0 }, "a", "b");
      assert.equal(await firstText(kit, topic, "CURRENT"), "new");
    },

    "offsets begin there": async (kit) => {
      const topic = await kit.topic();
      const offsets = await kit.append({ topic, partition: 0 }, "a", "b");
      assert.equal(await firstText(kit, topic, offsets.slice(1)), "b");
    },

    "a date begins at the records of then": async (kit) => {
      const topic = await kit.topic();
      await kit.append({ topic, partition: 0 }, "a", "b");
      assert.equal(await firstText(kit, topic, new Date(0)), "a");
      assert.equal(await firstText(kit, topic, new Date(Date.UTC(9999, 0))), "new");
    },

    "offsets that are not there are refused": async (kit) => {
      const topic = await kit.topic();
      await kit.append({ topic, partition: 0 }, "a");
      const { end } = await kit.store.bounds({ topic, partition: 0 });
      await refused(kit.only({ group: kit.group(), topics: [topic], start: [end + 1] }), "POSITION_LOST");
    },

    "offsets are one for each partition": async (kit) => {
      const topic = await kit.topic(2);
      for (const start of [[], [0], [0, 0, 0]]) {
        await refused(kit.join({ group: kit.group(), topics: [topic], start }), "INVALID_ARGUMENT");
      }
    },

    "where a group begins is durable from its first claim on": async (kit) => {
      const topic = await kit.topic();
      const partition = { topic, partition: 0 };
      const options = { group: kit.group(), topics: [topic] };
      await kit.append(partition, "a");
      assert.equal(await kit.store.acknowledged(options.group, partition), null);
      const member = await kit.join({ ...options, start: "CURRENT" });
      const claim = await kit.claim(member);
      const { end } = await kit.store.bounds(partition);
      assert.equal(claim.acknowledged, end);
      assert.equal(await kit.store.acknowledged(options.group, partition), end);
      await claim.release();
      await member.leave();
      await kit.append(partition, "b");
      assert.deepEqual(await fetchTexts(await kit.only({ ...options, start: "BEGIN" })), ["b"]);
    },

    "a group goes on behind what it acknowledged, whatever start says": async (kit) => {
      const topic = await kit.topic();
      const partition = { topic, partition: 0 };
      const options = { group: kit.group(), topics: [topic] };
      const offsets = await kit.append(partition, "a", "b", "c");
      const member = await kit.join(options);
      const claim = await kit.claim(member);
      assert.deepEqual(await fetchTexts(claim, 1), ["a"]);
      await claim.commit({ acknowledge: offsets[1] ?? 0 });
      await claim.release();
      await member.leave();
      for (const start of ["BEGIN", "CURRENT", [offsets[2] ?? 0], new Date(0)] as const) {
        const next = await kit.join({ ...options, start });
        const again = await kit.claim(next);
        assert.equal(again.acknowledged, offsets[1]);
        assert.deepEqual(await fetchTexts(again), ["b", "c"]);
        await again.release();
        await next.leave();
      }
    },

    "groups are independent": async (kit) => {
      const topic = await kit.topic();
      const partition = { topic, partition: 0 };
      await kit.append(partition, "a");
      const first = await kit.only({ group: kit.group(), topics: [topic] });
      const second = await kit.only({ group: kit.group(), topics: [topic] });
      const { next } = await acknowledgeNext(first);
      assert.equal(await kit.store.acknowledged(first.group, partition), next);
      assert.notEqual(await kit.store.acknowledged(second.group, partition), next);
      assert.deepEqual(await fetchTexts(second), ["a"]);
    },
  },
};
