import { appendChecks } from "./append.js";
import { claimChecks } from "./claims.js";
import { closingChecks } from "./closing.js";
import { cursorChecks } from "./cursors.js";
import { dateChecks } from "./dates.js";
import { endChecks } from "./end-of-topics.js";
import { fenceChecks } from "./fences.js";
import { Kit } from "./kit.js";
import { markChecks } from "./marks.js";
import { memberChecks } from "./members.js";
import { readChecks } from "./read.js";
import { retentionChecks } from "./retention.js";
import { sharingChecks } from "./sharing.js";
import { stateChecks } from "./state.js";
import type { StoreCheck, StoreUnderTest } from "./store-under-test.js";
import type { Theme } from "./theme.js";
import { topicChecks } from "./topics.js";
import { transactionChecks } from "./transactions.js";
import { waitingChecks } from "./waiting.js";
import { workChecks } from "./work.js";

const THEMES: readonly Theme[] = [
  topicChecks,
  appendChecks,
  readChecks,
  dateChecks,
  cursorChecks,
  claimChecks,
  fenceChecks,
  transactionChecks,
  workChecks,
  stateChecks,
  markChecks,
  waitingChecks,
  endChecks,
  memberChecks,
  retentionChecks,
  closingChecks,
  sharingChecks,
];

/**
 * All checks that a store has to pass.
 *
 * ```ts
 * for (const { name, run } of storeContract({ open: async () => new MemoryStore(), durable: false })) test(name, run);
 * ```
 *
 * Each is independent of the others; several may run at once if the store is `shared`. What a store has no means for
 * (see {@link StoreUnderTest}) is not in the list.
 */
export function storeContract(under: StoreUnderTest): StoreCheck[] {
  return THEMES.filter(({ needs }) => needs === undefined || needs(under)).flatMap(({ theme, checks }) =>
    Object.entries(checks).map(([name, check]) => ({
      name: `${theme}: ${name}`,
      run: async () => {
        const kit = new Kit(under);
        try {
          await kit.open();
          await check(kit);
        } finally {
          await kit.close();
        }
      },
    })),
  );
}
