import assert from "node:assert/strict";
import type { Claim } from "../../store/index.js";
import { acknowledgeNext, fetchTexts } from "./kit.js";
import type { Theme } from "./theme.js";
import { until, within } from "./within.js";

export const sharingChecks: Theme = {
  theme: "several processes",
  needs: ({ shared }) => shared ?? false,
  checks: {
    "see what the others append": async (kit) => {
      const claim = await kit.holding();
      const other = await kit.open();
      const fetching = fetchTexts(claim);
      await other.append([{ topic: claim.topic, key: null, value: Buffer.from("a") }]);
      assert.deepEqual(await fetching, ["a"]);
    },

    "share the partitions of a group": async (kit) => {
      const topic = await kit.topic(2);
      const options = { group: kit.group(), topics: [topic] };
      const first = await kit.join(options);
      const claims = [...(await kit.claimAll(first, 2)).values()];
      const second = await kit.join(options, await kit.open());
      const next = kit.claim(second);
      await until(() => claims.some(({ signal }) => signal.aborted), "a claim to be asked back");
      const asked = claims.filter(({ signal }) => signal.aborted);
      assert.equal(asked.length, 1);
      await asked[0]?.release();
      assert.equal((await next).partition, asked[0]?.partition);
    },

    "take over from one that closes": async (kit) => {
      const topic = await kit.topic(2);
      const options = { group: kit.group(), topics: [topic] };
      for (const partition of [0, 1]) await kit.append({ topic, partition }, "a");
      const other = await kit.open();
      await kit.claimAll(await kit.join(options, other), 2);
      const member = await kit.join(options);
      await within(other.close(), "the other store to close");
      const claims: Claim[] = [...(await kit.claimAll(member, 2)).values()];
      for (const claim of claims) await acknowledgeNext(claim);
      assert(await member.atEnd());
    },

    "write at the same time without a gap between them": async (kit) => {
      const partition = { topic: await kit.topic(), partition: 0 };
      const stores = [kit.store, await kit.open(), await kit.open()];
      const writes = stores.flatMap((store, name) =>
        Array.from({ length: 20 }, (_, index) =>
          store.append([{ ...partition, key: null, value: Buffer.from(`${name}:${index}`) }]),
        ),
      );
      const offsets = (await Promise.all(writes)).flat().map(({ offset }) => offset);
      assert.equal(new Set(offsets).size, 60);
      assert.equal(new Set(await kit.texts(partition)).size, 60);
    },
  },
};
