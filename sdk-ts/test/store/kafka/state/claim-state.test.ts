import { expect, it } from "vitest";
import { ClaimState } from "../../../../src/store/kafka/state/claim-state.js";
import type { Topics } from "../../../../src/store/kafka/topics.js";
import { MemoryStore } from "../../../../src/store/memory/index.js";

const CHANGELOG = "orders.counts.orders-events.changelog";
const value = new Uint8Array([7]);

/** A changelog of which nobody sees what was committed since. */
async function stateOfThen(...records: { key: string; value: Uint8Array }[]): Promise<ClaimState> {
  const store = new MemoryStore();
  await store.createTopic("orders-events", 1);
  await store.createTopic(CHANGELOG, 1);
  await store.append(records.map((record) => ({ topic: CHANGELOG, ...record })));
  const topics: Pick<Topics, "ensure" | "partitionsOf"> = {
    ensure: async () => 1,
    partitionsOf: async () => 1,
  };
  return new ClaimState({ group: "orders", topic: "orders-events", partition: 0 }, topics as Topics, store);
}

it("a state that is first changed, and then asked for, has the changes and what was there before", async () => {
  const state = await stateOfThen({ key: "before", value }, { key: "removed", value });
  const { records, apply } = await state.prepare([
    { state: "counts", key: "changed", value },
    { state: "counts", key: "removed", value: null },
  ]);
  expect(records.map(({ topic, key }) => [topic, key])).toEqual([
    [CHANGELOG, "changed"],
    [CHANGELOG, "removed"],
  ]);
  apply();
  const values = ["before", "changed", "removed"].map((key) => state.get("counts", key));
  expect(await Promise.all(values)).toEqual([value, value, null]);
});
