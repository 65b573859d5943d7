import type { AppOptions, Handler } from "@eventy/sdk/processing";
import type { Claim, RecordStore } from "@eventy/sdk/store";
import type { Parts } from "../../testees/typescript/parts.js";
import { override } from "./override.js";

/** Changes what stores and runs of the testee are made of. */
export type MutateParts = (parts: Parts) => Parts;

/** Has another store: what it opens is changed. */
export function withStore(change: (store: RecordStore) => RecordStore): MutateParts {
  return (parts) => ({ ...parts, openStore: async (open) => change(await parts.openStore(open)) });
}

/** Has other claims on partitions. */
export function withClaims(change: (claim: Claim) => Claim): MutateParts {
  return withStore((store) =>
    override(store, {
      join: async (options) => {
        const member = await store.join(options);
        return override(member, { claims: () => changed(member.claims(), change) });
      },
    }),
  );
}

/** Runs services with other options. */
export function withOptions(change: (options: AppOptions) => AppOptions): MutateParts {
  return (parts) => ({ ...parts, makeApp: (options) => parts.makeApp(change(options)) });
}

/** Runs services with other handlers. */
export function withHandlers(change: (handler: Handler) => Handler): MutateParts {
  return withOptions((options) => ({ ...options, handlers: options.handlers.map(change) }));
}

async function* changed<T>(items: AsyncIterable<T>, change: (item: T) => T): AsyncGenerator<T> {
  for await (const item of items) yield change(item);
}
