import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { Kit } from "./kit.js";
import { recordOf, refused } from "./kit.js";
import type { WorkUnderTest } from "./store-under-test.js";
import type { Theme } from "./theme.js";

function workOf(kit: Kit): WorkUnderTest {
  assert(kit.under.work !== undefined);
  return kit.under.work;
}

/** Whether a change is there, as a later transaction sees it. */
async function isThere(kit: Kit, name: string): Promise<boolean> {
  const claim = await kit.holding("a");
  const { next } = await claim.fetch();
  let there = false;
  const work = async (connection: unknown): Promise<void> => {
    there = await workOf(kit).isThere(connection, name);
  };
  await claim.commit({ acknowledge: next, work });
  return there;
}

export const workChecks: Theme = {
  theme: "work",
  needs: ({ work }) => work !== undefined,
  checks: {
    "is there together with the rest": async (kit) => {
      const claim = await kit.holding("a");
      const { next } = await claim.fetch();
      const name = randomUUID();
      await claim.commit({ acknowledge: next, work: (connection) => workOf(kit).change(connection, name) });
      assert(await isThere(kit, name));
      assert.equal(await kit.store.acknowledged(claim.group, claim), next);
    },

    "that fails leaves nothing, and says why": async (kit) => {
      const claim = await kit.holding("a");
      const outputs = { topic: await kit.topic(), partition: 0 };
      const { next } = await claim.fetch();
      const before = claim.acknowledged;
      const name = randomUUID();
      const failure = new Error("no");
      const commit = claim.commit({
        acknowledge: next,
        records: [recordOf(outputs, "x")],
        work: async (connection) => {
          await workOf(kit).change(connection, name);
          throw failure;
        },
      });
      await assert.rejects(commit, (error) => error === failure);
      assert.equal(await isThere(kit, name), false);
      assert.deepEqual(await kit.texts(outputs), []);
      assert.equal(await kit.store.acknowledged(claim.group, claim), before);
      await claim.commit({ acknowledge: next });
      assert.equal(await kit.store.acknowledged(claim.group, claim), next);
    },

    "is undone when the rest cannot be": async (kit) => {
      const claim = await kit.holding("a");
      const { next } = await claim.fetch();
      const name = randomUUID();
      const topic = `${claim.topic}-unknown`;
      await refused(
        claim.commit({
          acknowledge: next,
          records: [{ topic, key: null, value: null }],
          work: (connection) => workOf(kit).change(connection, name),
        }),
        "UNKNOWN_TOPIC",
      );
      assert.equal(await isThere(kit, name), false);
    },

    "is not begun behind the fence": async (kit) => {
      const claim = await kit.holding("a");
      const { next } = await claim.fetch();
      await claim.release();
      let begun = false;
      const work = async (): Promise<void> => {
        begun = true;
      };
      await refused(claim.commit({ acknowledge: next, work }), "FENCED");
      assert.equal(begun, false);
    },
  },
};
