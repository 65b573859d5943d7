import assert from "node:assert/strict";
import { fetchTexts, type Kit, refused } from "./kit.js";
import type { Theme } from "./theme.js";

/** A topic of four records of which the first two were removed, and the offsets of all. */
async function shortened(kit: Kit, topic?: string): Promise<{ topic: string; offsets: readonly number[] }> {
  const name = topic ?? (await kit.topic());
  const offsets = await kit.append({ topic: name, partition: 0 }, "a", "b", "c", "d");
  await kit.under.deleteBefore?.(kit.store, { topic: name, partition: 0 }, offsets[2] ?? 0);
  return { topic: name, offsets };
}

export const retentionChecks: Theme = {
  theme: "retention",
  needs: ({ deleteBefore }) => deleteBefore !== undefined,
  checks: {
    "records that were removed are gone, the others stay where they are": async (kit) => {
      const { topic, offsets } = await shortened(kit);
      const partition = { topic, partition: 0 };
      assert.equal((await kit.store.bounds(partition)).begin, offsets[2]);
      assert.deepEqual(await kit.texts(partition), ["c", "d"]);
      await refused(kit.store.read(partition, offsets[1] ?? 0), "POSITION_LOST");
      assert.equal(await kit.store.offsetAt(partition, new Date(0)), offsets[2]);
      const [next = 0] = await kit.append(partition, "e");
      assert(next > (offsets[3] ?? 0));
    },

    "a new group begins at the oldest record that is there": async (kit) => {
      const { topic } = await shortened(kit);
      assert.deepEqual(await fetchTexts(await kit.only({ group: kit.group(), topics: [topic] })), ["c", "d"]);
    },

    "a group whose next record is gone stops, and is not moved": async (kit) => {
      const topic = await kit.topic();
      const partition = { topic, partition: 0 };
      const options = { group: kit.group(), topics: [topic] };
      const member = await kit.join(options);
      const claim = await kit.claim(member);
      const begin = claim.acknowledged;
      await claim.release();
      await member.leave();
      await shortened(kit, topic);
      await refused(kit.only(options), "POSITION_LOST");
      assert.equal(await kit.store.acknowledged(options.group, partition), begin);
    },

    "a claim whose next record is gone says so": async (kit) => {
      const topic = await kit.topic();
      const claim = await kit.only({ group: kit.group(), topics: [topic] });
      await shortened(kit, topic);
      await refused(claim.fetch(), "POSITION_LOST");
    },
  },
};
