import { EventyError } from "@eventy/sdk/record";
import type { NewRecord } from "@eventy/sdk/store";
import { override } from "./override.js";
import { type MutateParts, withStore } from "./parts.js";

/** Appends other records than it is given. */
export function appends(change: (record: NewRecord) => NewRecord): MutateParts {
  return withStore((store) => override(store, { append: (records) => store.append(records.map(change)) }));
}

/** Appends again, as often as it does not know what became of it. */
export function appendsAgain(): MutateParts {
  return withStore((store) =>
    override(store, {
      append: async (records) => {
        for (;;) {
          try {
            return await store.append(records);
          } catch (error) {
            if (!(error instanceof EventyError) || error.code !== "OUTCOME_UNKNOWN") throw error;
          }
        }
      },
    }),
  );
}
