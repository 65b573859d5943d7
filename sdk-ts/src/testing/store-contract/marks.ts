import assert from "node:assert/strict";
import type { Claim, CrashMark, Member } from "../../store/index.js";
import type { Kit } from "./kit.js";
import type { Theme } from "./theme.js";

const mark: CrashMark = { offset: 0, until: 2, attempt: 1 };

/** A member of a new group with one partition that holds two records. */
async function memberOf(kit: Kit): Promise<Member> {
  const topic = await kit.topic();
  await kit.append({ topic, partition: 0 }, "a", "b");
  return kit.join({ group: kit.group(), topics: [topic] });
}

/** The claim that comes after one whose holder died. */
async function afterDeath(kit: Kit, member: Member, claim: Claim): Promise<Claim> {
  await kit.under.expel?.(kit.store, claim);
  return kit.claim(member);
}

/** The claim that comes after one that was given back. */
async function afterRelease(kit: Kit, member: Member, claim: Claim): Promise<Claim> {
  await claim.release();
  return kit.claim(member);
}

async function acknowledgeOne(claim: Claim, next?: CrashMark): Promise<void> {
  const batch = await claim.fetch({ maxRecords: 1 });
  await claim.commit({ acknowledge: batch.next, ...(next && { mark: next }) });
}

export const markChecks: Theme = {
  theme: "marks",
  needs: ({ expel }) => expel !== undefined,
  checks: {
    "a mark is found by who takes over": async (kit) => {
      const member = await memberOf(kit);
      const claim = await kit.claim(member);
      assert.equal(claim.foundMark, null);
      await claim.mark({ ...mark, attempt: 0 });
      await claim.mark(mark);
      assert.deepEqual((await afterDeath(kit, member, claim)).foundMark, mark);
    },

    "without a mark none is found": async (kit) => {
      const member = await memberOf(kit);
      assert.equal((await afterDeath(kit, member, await kit.claim(member))).foundMark, null);
    },

    "a transaction without a mark removes it": async (kit) => {
      const member = await memberOf(kit);
      const claim = await kit.claim(member);
      await claim.mark(mark);
      await acknowledgeOne(claim);
      assert.equal((await afterDeath(kit, member, claim)).foundMark, null);
    },

    "a transaction may set the next mark": async (kit) => {
      const member = await memberOf(kit);
      const claim = await kit.claim(member);
      await claim.mark(mark);
      const next = { offset: 1, until: 2, attempt: 1 };
      await acknowledgeOne(claim, next);
      assert.deepEqual((await afterDeath(kit, member, claim)).foundMark, next);
    },

    "giving back removes the mark": async (kit) => {
      const member = await memberOf(kit);
      const claim = await kit.claim(member);
      await claim.mark(mark);
      const successor = await afterRelease(kit, member, claim);
      assert.equal(successor.foundMark, null);
      assert.equal((await afterDeath(kit, member, successor)).foundMark, null);
    },

    "who gives back untouched leaves the mark that it found": async (kit) => {
      const member = await memberOf(kit);
      const claim = await kit.claim(member);
      await claim.mark(mark);
      const finder = await afterDeath(kit, member, claim);
      assert.deepEqual((await afterRelease(kit, member, finder)).foundMark, mark);
    },

    "a mark acknowledges nothing": async (kit) => {
      const member = await memberOf(kit);
      const claim = await kit.claim(member);
      await claim.mark(mark);
      assert.equal((await afterDeath(kit, member, claim)).acknowledged, claim.acknowledged);
    },
  },
};
