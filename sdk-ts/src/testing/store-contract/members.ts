import assert from "node:assert/strict";
import type { Claim, Member } from "../../store/index.js";
import { acknowledgeNext, type Kit } from "./kit.js";
import type { Theme } from "./theme.js";
import { aborted, until, within } from "./within.js";

/** Takes each claim of a member and gives it back when it is asked to, as a well-behaved process does. */
function behave(member: Member, held: Set<Claim>): Promise<void> {
  const run = async (): Promise<void> => {
    const ends: Promise<void>[] = [];
    for await (const claim of member.claims()) {
      held.add(claim);
      const release = async (): Promise<void> => {
        held.delete(claim);
        await claim.release();
      };
      ends.push(
        new Promise((resolve) => claim.signal.addEventListener("abort", () => release().then(resolve))),
      );
      if (claim.signal.aborted) ends.push(release());
    }
  };
  return run();
}

async function several(
  kit: Kit,
  count: number,
  partitions: number,
): Promise<{ members: Member[]; held: Set<Claim>[] }> {
  const topic = await kit.topic(partitions);
  const group = kit.group();
  const members: Member[] = [];
  const held: Set<Claim>[] = [];
  for (let index = 0; index < count; index++) {
    const member = await kit.join({ group, topics: [topic] });
    const own = new Set<Claim>();
    behave(member, own).catch(() => undefined);
    members.push(member);
    held.push(own);
  }
  return { members, held };
}

function sizes(held: readonly Set<Claim>[]): number[] {
  return held.map(({ size }) => size).sort((a, b) => a - b);
}

/** Whether each of so many partitions is held once. */
function complete(held: readonly Set<Claim>[], partitions: number): boolean {
  const all = held.flatMap((own) => [...own].map(({ partition }) => partition));
  return all.length === partitions && new Set(all).size === partitions;
}

export const memberChecks: Theme = {
  theme: "members",
  checks: {
    "one member has all partitions": async (kit) => {
      const { held } = await several(kit, 1, 5);
      await until(() => complete(held, 5), "all partitions");
    },

    "several members share them evenly": async (kit) => {
      const { held } = await several(kit, 3, 7);
      await until(() => complete(held, 7) && sizes(held).join() === "2,2,3", "even shares");
    },

    "more members than partitions: nobody has two": async (kit) => {
      const { held } = await several(kit, 4, 2);
      await until(() => complete(held, 2) && sizes(held).join() === "0,0,1,1", "even shares");
    },

    "who leaves has its partitions taken over": async (kit) => {
      const { members, held } = await several(kit, 3, 6);
      await until(() => complete(held, 6) && sizes(held).join() === "2,2,2", "even shares");
      await within(members[0]?.leave() ?? Promise.resolve(), "the member to leave");
      await until(() => complete(held, 6) && sizes(held).join() === "0,3,3", "even shares of those who stay");
    },

    "a partition is not taken from who has not given it back": async (kit) => {
      const topic = await kit.topic(2);
      const options = { group: kit.group(), topics: [topic] };
      for (const partition of [0, 1]) await kit.append({ topic, partition }, "a");
      const first = await kit.join(options);
      const claims = [...(await kit.claimAll(first, 2)).values()];
      const second = await kit.join(options);
      await until(() => claims.some(({ signal }) => signal.aborted), "a claim to be asked back");
      const asked = claims.find(({ signal }) => signal.aborted);
      assert(asked !== undefined);
      // Still its own: what is in hand may be finished.
      asked.rewind();
      const kept = claims.find((claim) => claim !== asked);
      assert.equal(kept?.signal.aborted, false);
      const next = kit.claim(second);
      await asked.release();
      const taken = await next;
      assert.equal(taken.partition, asked.partition);
      await acknowledgeNext(taken);
    },

    "what is in hand may be finished when a claim is asked back": async (kit) => {
      const topic = await kit.topic(1);
      await kit.append({ topic, partition: 0 }, "a");
      const member = await kit.join({ group: kit.group(), topics: [topic] });
      const claim = await kit.claim(member);
      const batch = await claim.fetch();
      const leaving = member.leave();
      await aborted(claim.signal, "the claim to be asked back");
      await claim.commit({ acknowledge: batch.next });
      await claim.release();
      await within(leaving, "the member to leave");
      assert.equal(await kit.store.acknowledged(claim.group, claim), batch.next);
    },

    "leaving waits until claims are given back, and ends the list of claims": async (kit) => {
      const topic = await kit.topic(2);
      const member = await kit.join({ group: kit.group(), topics: [topic] });
      const claims = member.claims();
      const { value: claim } = await claims.next();
      let left = false;
      const leaving = member.leave().then(() => {
        left = true;
      });
      await aborted(claim.signal, "the claim to be asked back");
      assert.equal(left, false);
      await claim.release();
      await within(leaving, "the member to leave");
      assert.equal((await within(claims.next(), "the end of the claims")).done, true);
    },

    "leaving twice is as leaving once": async (kit) => {
      const member = await kit.join({ group: kit.group(), topics: [await kit.topic()] });
      await within(member.leave(), "the member to leave");
      await within(member.leave(), "the member to leave");
    },

    "a claim that was given back is taken again": async (kit) => {
      const topic = await kit.topic();
      const member = await kit.join({ group: kit.group(), topics: [topic] });
      const claim = await kit.claim(member);
      await claim.release();
      const again = await kit.claim(member);
      assert.equal(again.partition, claim.partition);
      assert.equal(again.signal.aborted, false);
    },

    "members of one group may read different topics": async (kit) => {
      const [one, two] = [await kit.topic(2), await kit.topic(2)];
      const group = kit.group();
      const held = [new Set<Claim>(), new Set<Claim>()] as const;
      behave(await kit.join({ group, topics: [one] }), held[0]).catch(() => undefined);
      behave(await kit.join({ group, topics: [two] }), held[1]).catch(() => undefined);
      await until(() => sizes(held).join() === "2,2", "all partitions");
      for (const [index, topic] of [one, two].entries()) {
        for (const claim of held[index] ?? []) assert.equal(claim.topic, topic);
      }
    },

    "a topic that is named twice is read once": async (kit) => {
      const topic = await kit.topic();
      await kit.append({ topic, partition: 0 }, "a");
      const claim = await kit.only({ group: kit.group(), topics: [topic, topic] });
      await acknowledgeNext(claim);
      assert.equal(claim.signal.aborted, false);
    },
  },
};
