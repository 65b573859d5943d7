import assert from "node:assert/strict";
import type { Claim } from "../../store/index.js";
import { acknowledgeNext, fetchTexts, type Kit, recordOf, refused } from "./kit.js";
import type { Theme } from "./theme.js";

/** A claim that was taken over without knowing it, and the one that came after it. */
async function duel(kit: Kit): Promise<{ zombie: Claim; successor: Claim }> {
  const topic = await kit.topic();
  await kit.append({ topic, partition: 0 }, "a", "b");
  const member = await kit.join({ group: kit.group(), topics: [topic] });
  const zombie = await kit.claim(member);
  assert.deepEqual(await fetchTexts(zombie), ["a", "b"]);
  await kit.under.expel?.(kit.store, zombie);
  return { zombie, successor: await kit.claim(member) };
}

export const fenceChecks: Theme = {
  theme: "fences",
  needs: ({ expel }) => expel !== undefined,
  checks: {
    "who was taken over commits nothing": async (kit) => {
      const { zombie, successor } = await duel(kit);
      const outputs = { topic: await kit.topic(), partition: 0 };
      await refused(
        zombie.commit({
          acknowledge: (await kit.store.bounds(zombie)).end,
          records: [recordOf(outputs, "x")],
          state: [{ state: "s", key: "k", value: new Uint8Array([1]) }],
        }),
        "FENCED",
      );
      assert.deepEqual(await kit.texts(outputs), []);
      assert.equal(await successor.state("s", "k"), null);
      assert.equal(await kit.store.acknowledged(zombie.group, zombie), successor.acknowledged);
      assert.deepEqual(await fetchTexts(successor), ["a", "b"]);
    },

    "who was taken over appends and marks nothing": async (kit) => {
      const { zombie, successor } = await duel(kit);
      const outputs = { topic: await kit.topic(), partition: 0 };
      await refused(zombie.append([recordOf(outputs, "x")]), "FENCED");
      await refused(zombie.mark({ offset: 0, until: 1, attempt: 0 }), "FENCED");
      assert.deepEqual(await kit.texts(outputs), []);
      assert.equal(successor.foundMark, null);
    },

    "who was taken over is told so when it writes": async (kit) => {
      const { zombie } = await duel(kit);
      await refused(zombie.mark({ offset: 0, until: 1, attempt: 0 }), "FENCED");
      assert(zombie.signal.aborted);
    },

    "the successor is not fenced by what its predecessor tries": async (kit) => {
      const { zombie, successor } = await duel(kit);
      await refused(zombie.append([]), "FENCED");
      await zombie.release();
      const { next } = await acknowledgeNext(successor);
      assert.equal(await kit.store.acknowledged(successor.group, successor), next);
      assert.equal(successor.signal.aborted, false);
    },

    "the fence holds after the successor has gone": async (kit) => {
      const { zombie, successor } = await duel(kit);
      const { next } = await acknowledgeNext(successor);
      await successor.release();
      const outputs = { topic: await kit.topic(), partition: 0 };
      await refused(zombie.append([recordOf(outputs, "x")]), "FENCED");
      assert.deepEqual(await kit.texts(outputs), []);
      assert.equal(await kit.store.acknowledged(zombie.group, zombie), next);
    },
  },
};
