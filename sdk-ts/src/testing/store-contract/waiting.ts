import assert from "node:assert/strict";
import { acknowledgeNext, fetchTexts, recordOf, textsOf } from "./kit.js";
import type { Theme } from "./theme.js";
import { within } from "./within.js";

export const waitingChecks: Theme = {
  theme: "waiting",
  checks: {
    "fetch waits for records": async (kit) => {
      const claim = await kit.holding();
      const fetching = fetchTexts(claim);
      await kit.append(claim, "a");
      assert.deepEqual(await fetching, ["a"]);
    },

    "fetch waits for records that a transaction appends": async (kit) => {
      const [reader, writer] = [await kit.holding(), await kit.holding("a")];
      const fetching = fetchTexts(reader);
      const { next } = await writer.fetch();
      await writer.commit({ acknowledge: next, records: [recordOf(reader, "x")] });
      assert.deepEqual(await fetching, ["x"]);
      const again = fetchTexts(reader);
      await writer.append([recordOf(reader, "y")]);
      assert.deepEqual(await again, ["y"]);
    },

    "all groups that wait get the records": async (kit) => {
      const topic = await kit.topic();
      const claims = await Promise.all(
        [1, 2, 3].map(() => kit.only({ group: kit.group(), topics: [topic] })),
      );
      const fetching = claims.map((claim) => fetchTexts(claim));
      await kit.append({ topic, partition: 0 }, "a");
      assert.deepEqual(await Promise.all(fetching), [["a"], ["a"], ["a"]]);
    },

    "a signal ends the waiting, and the next fetch goes on": async (kit) => {
      const claim = await kit.holding("a");
      await acknowledgeNext(claim);
      const controller = new AbortController();
      const fetching = claim.fetch({}, controller.signal);
      controller.abort();
      assert.deepEqual((await within(fetching, "the end of a fetch")).records, []);
      await kit.append(claim, "b");
      assert.deepEqual(textsOf(await claim.fetch({}, AbortSignal.abort())), []);
      assert.deepEqual(await fetchTexts(claim), ["b"]);
    },

    "leaving ends the waiting": async (kit) => {
      const topic = await kit.topic();
      const member = await kit.join({ group: kit.group(), topics: [topic] });
      const claim = await kit.claim(member);
      const fetching = claim.fetch();
      const leaving = member.leave();
      assert.deepEqual((await within(fetching, "the end of a fetch")).records, []);
      await claim.release();
      await within(leaving, "the member to leave");
    },
  },
};
