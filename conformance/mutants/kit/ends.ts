import { setTimeout as sleep } from "node:timers/promises";
import type { RecordStore } from "@eventy/sdk/store";
import { override } from "./override.js";
import type { MutateParts } from "./parts.js";

/** Whether the cursors of a group are at the ends of partitions, whatever is before these. */
export async function isAtEnds(
  store: RecordStore,
  group: string,
  topics: readonly string[],
): Promise<boolean> {
  for (const topic of topics) {
    for (let partition = 0; partition < (await store.partitionsOf(topic)); partition++) {
      const { end } = await store.bounds({ topic, partition });
      if (((await store.acknowledged(group, { topic, partition })) ?? 0) < end) return false;
    }
  }
  return true;
}

/** Has replays end where the cursors are at the ends of partitions. */
export const replaysToEnds: MutateParts = (parts) => ({
  ...parts,
  makeApp: (options) => {
    const app = parts.makeApp(options);
    const { store, service } = options;
    const isDone = () => isAtEnds(store, `dead-letters:${service.name}`, [service.topics.deadLetters]);
    return override(app, {
      replayDeadLetters: async (run = {}) => {
        await app.replayDeadLetters(run);
        while (!run.signal?.aborted && !(await isDone())) await sleep(50);
      },
    });
  },
});
