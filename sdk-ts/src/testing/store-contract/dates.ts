import assert from "node:assert/strict";
import type { Theme } from "./theme.js";

export const dateChecks: Theme = {
  theme: "dates",
  checks: {
    "records are dated in order": async (kit) => {
      const partition = { topic: await kit.topic(), partition: 0 };
      for (let index = 0; index < 5; index++) await kit.append(partition, "a", "b");
      const { records } = await kit.store.read(partition, (await kit.store.bounds(partition)).begin);
      const dates = records.map(({ appendedAt }) => appendedAt);
      assert(dates.every(Number.isInteger));
      assert.deepEqual(
        dates,
        dates.toSorted((a, b) => a - b),
      );
    },

    "a date finds the first record of then or later": async (kit) => {
      const partition = { topic: await kit.topic(), partition: 0 };
      for (let index = 0; index < 20; index++) {
        await kit.append(partition, `${index}`);
        // Lets the clock of the store go on, at least now and then.
        await new Promise((resolve) => setTimeout(resolve, index % 3));
      }
      const { begin, end } = await kit.store.bounds(partition);
      const { records } = await kit.store.read(partition, begin);
      for (const { appendedAt } of records) {
        for (const date of [appendedAt - 1, appendedAt, appendedAt + 1]) {
          const first = records.find((record) => record.appendedAt >= date)?.offset ?? end;
          assert.equal(await kit.store.offsetAt(partition, new Date(date)), first);
        }
      }
    },

    "dates before and behind all records, and in an empty partition": async (kit) => {
      const partition = { topic: await kit.topic(), partition: 0 };
      const empty = await kit.store.bounds(partition);
      assert.equal(await kit.store.offsetAt(partition, new Date(0)), empty.end);
      await kit.append(partition, "a", "b");
      const { begin, end } = await kit.store.bounds(partition);
      assert.equal(await kit.store.offsetAt(partition, new Date(0)), begin);
      assert.equal(await kit.store.offsetAt(partition, new Date(Date.UTC(9999, 0))), end);
    },
  },
};
