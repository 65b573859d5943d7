import assert from "node:assert/strict";
import type { Claim, StateChange } from "../../store/index.js";
import { refused } from "./kit.js";
import type { Theme } from "./theme.js";

/** Commits changes with the next record. */
async function change(claim: Claim, ...state: readonly StateChange[]): Promise<void> {
  const { next } = await claim.fetch({ maxRecords: 1 });
  await claim.commit({ acknowledge: next, state });
}

async function get(claim: Claim, key: string, state = "s"): Promise<readonly number[] | null> {
  const value = await claim.state(state, key);
  return value && [...value];
}

export const stateChecks: Theme = {
  theme: "state",
  checks: {
    "a value is there until it is changed or removed": async (kit) => {
      const claim = await kit.holding("a", "b", "c");
      assert.equal(await get(claim, "k"), null);
      await change(claim, { state: "s", key: "k", value: Uint8Array.of(0, 255) });
      assert.deepEqual(await get(claim, "k"), [0, 255]);
      await change(claim, { state: "s", key: "k", value: new Uint8Array(0) });
      assert.deepEqual(await get(claim, "k"), []);
      await change(claim, { state: "s", key: "k", value: null });
      assert.equal(await get(claim, "k"), null);
    },

    "the last change of a key wins": async (kit) => {
      const claim = await kit.holding("a", "b");
      await change(claim, ...[1, 2, 3].map((byte) => ({ state: "s", key: "k", value: Uint8Array.of(byte) })));
      assert.deepEqual(await get(claim, "k"), [3]);
      const removed = { state: "s", key: "k", value: null };
      await change(claim, { ...removed, value: Uint8Array.of(4) }, removed, {
        ...removed,
        key: "never there",
      });
      assert.equal(await get(claim, "k"), null);
    },

    "names and keys of states are kept apart": async (kit) => {
      const claim = await kit.holding("a");
      const keys = ["", "k", "K", "é", "k ", "a/b", "\u{1f600}"];
      await change(
        claim,
        ...keys.flatMap((key, byte) => [
          { state: "s", key, value: Uint8Array.of(byte) },
          { state: "t", key, value: Uint8Array.of(100 + byte) },
        ]),
      );
      for (const [byte, key] of keys.entries()) {
        assert.deepEqual(await get(claim, key), [byte]);
        assert.deepEqual(await get(claim, key, "t"), [100 + byte]);
      }
    },

    "groups, topics and partitions have states of their own": async (kit) => {
      const [one, two] = [await kit.topic(2), await kit.topic(2)];
      for (const topic of [one, two])
        for (const partition of [0, 1]) await kit.append({ topic, partition }, "a");
      const members = [kit.group(), kit.group()].map((group) => kit.join({ group, topics: [one, two] }));
      const claims: Claim[] = [];
      for (const member of members) claims.push(...(await kit.claimAll(await member, 4)).values());
      for (const [byte, claim] of claims.entries()) {
        await change(claim, { state: "s", key: "k", value: Uint8Array.of(byte) });
      }
      for (const [byte, claim] of claims.entries()) assert.deepEqual(await get(claim, "k"), [byte]);
    },

    "who takes over finds it": async (kit) => {
      const topic = await kit.topic();
      const options = { group: kit.group(), topics: [topic] };
      await kit.append({ topic, partition: 0 }, "a");
      const member = await kit.join(options);
      const claim = await kit.claim(member);
      await change(claim, { state: "s", key: "k", value: Uint8Array.of(7) });
      await claim.release();
      await member.leave();
      assert.deepEqual(await get(await kit.only(options), "k"), [7]);
    },

    "values that are written over afterwards do not change": async (kit) => {
      const claim = await kit.holding("a");
      const value = Uint8Array.of(1);
      await change(claim, { state: "s", key: "k", value });
      value.fill(9);
      (await claim.state("s", "k"))?.fill(9);
      assert.deepEqual(await get(claim, "k"), [1]);
    },

    "changes of a transaction that is refused are not there": async (kit) => {
      const claim = await kit.holding("a");
      const state = [{ state: "s", key: "k", value: Uint8Array.of(1) }];
      await refused(claim.commit({ acknowledge: claim.acknowledged, state }), "INVALID_ARGUMENT");
      assert.equal(await get(claim, "k"), null);
    },
  },
};
