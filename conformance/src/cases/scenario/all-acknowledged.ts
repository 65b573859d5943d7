import type { Scenario } from "./scenario.js";
import { untilReached } from "./until.js";

/** Waits until the group `orders` has acknowledged all records that are in a topic. */
export async function allAcknowledged(
  { context: { oracle } }: Scenario,
  topic: string,
  partitions: number,
): Promise<void> {
  const records = await oracle.records(topic, partitions);
  const ends = new Map(records.map(({ partition, offset }) => [partition, offset + 1]));
  const all = [...ends.values()].reduce((sum, end) => sum + end, 0);
  const what = `${records.length} records in ${partitions} partitions are acknowledged`;
  await untilReached(what, all, async () => {
    let sum = 0;
    for (const [partition, end] of ends) {
      sum += Math.min(end, (await oracle.acknowledged("orders", topic, partition)) ?? 0);
    }
    return sum;
  });
}
