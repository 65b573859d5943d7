import type { StateChange } from "@eventy/sdk/store";
import { override } from "../kit/override.js";
import { type MutateParts, withCalls, withClaims, withStore } from "../kit/parts.js";
import { all, renewsOnlyAtFirst, rewrites, withAnswers } from "../kit/sql.js";
import { misprocessing, type StoreMutant } from "../kit/store-mutant.js";

/** Mutants of sections 4.5 to 4.8: groups, claims, transactions, states, and servers that fail. */
export const groupMutants: readonly StoreMutant[] = [
  ...misprocessing(
    "STO-019",
    {
      "begins where the start cursor says each time": withGroups((group, start) =>
        start === undefined ? group : `${group} ${process.hrtime.bigint()}`,
      ),
    },
    "memory",
  ),
  ...misprocessing("STO-020", {
    "chooses anew where a group begins that has handled nothing": withGroups((group, start) =>
      start === undefined ? group : `${group} ${process.pid}`,
    ),
  }),
  ...misprocessing(
    "STO-021",
    {
      "tells the offset of the last record that was acknowledged": withStore((store) =>
        override(store, {
          acknowledged: async (...args) => {
            const offset = await store.acknowledged(...args);
            return offset === null ? null : offset - 1;
          },
        }),
      ),
    },
    "memory",
  ),
  ...misprocessing("STO-022", { "has one cursor for all groups": withGroups(() => "all") }, "memory"),
  ...misprocessing(
    "STO-023",
    { "gives all partitions to each member": withGroups((group) => `${group} ${process.hrtime.bigint()}`) },
    "postgresql",
  ),
  ...misprocessing(
    "STO-024",
    {
      "takes no partition of a member that is dead": rewrites(
        / OR NOT EXISTS \(\s*SELECT FROM eventy_member[^)]*\)\)/g,
        "",
      ),
    },
    "postgresql",
  ),
  ...misprocessing("STO-025", { "renews its lease once only": renewsOnlyAtFirst() }, "postgresql"),
  ...misprocessing(
    "STO-026",
    {
      "commits whatever epoch it has": rewrites(
        "AND epoch = $4 AND owner IS NOT NULL AND acknowledged = $5",
        "AND $4 = $4 AND $5 = $5",
      ),
    },
    "postgresql",
  ),
  ...misprocessing(
    "STO-028",
    {
      "acknowledges first and appends in a second transaction": withClaims((claim, store) =>
        override(claim, {
          commit: async ({ records = [], ...rest }) => {
            await claim.commit(rest);
            if (records.length > 0) await store.append(records);
          },
        }),
      ),
    },
    "postgresql",
  ),
  ...misprocessing(
    "STO-029",
    {
      "takes a transaction for undone whose answer did not come": rewrites(
        "RETURNING epoch, acknowledged, backend_pid",
        "RETURNING epoch, 0 AS acknowledged, backend_pid",
      ),
    },
    "postgresql",
  ),
  ...misprocessing(
    "STO-030",
    { "keeps one value for a key, wherever it is": oneForAll((change) => change.key) },
    "memory",
  ),
  ...misprocessing("STO-031", { "shows values that are not committed": early() }, "memory"),
  ...misprocessing("STO-032", { "never connects again": connectsOnce() }, "postgresql"),
];

function withGroups(change: (group: string, start: unknown) => string): MutateParts {
  return withStore((store) =>
    override(store, {
      join: (options) => store.join({ ...options, group: change(options.group, options.start) }),
      acknowledged: (group, place) => store.acknowledged(change(group, undefined), place),
    }),
  );
}

function connectsOnce(): MutateParts {
  let isBroken = false;
  return all(
    withAnswers(async (statement, run) => {
      if (isBroken) throw Object.assign(new Error("the connection is lost"), { code: "ECONNRESET" });
      try {
        return await run(statement);
      } catch (error) {
        isBroken ||= !(error instanceof Error && "severity" in error && error.severity === "ERROR");
        throw error;
      }
    }),
  );
}

function oneForAll(placeOf: (change: StateChange) => string): MutateParts {
  const values = new Map<string, Uint8Array | null>();
  return withClaims((claim) =>
    override(claim, {
      commit: async (transaction) => {
        await claim.commit(transaction);
        for (const change of transaction.state ?? []) values.set(placeOf(change), change.value);
      },
      state: async (state, key) => values.get(placeOf({ state, key, value: null })) ?? null,
    }),
  );
}

function early(): MutateParts {
  const values = new Map<string, Uint8Array>();
  const show = withClaims((claim) =>
    override(claim, {
      state: async (state, key) => values.get(JSON.stringify([state, key])) ?? claim.state(state, key),
    }),
  );
  const keep = withCalls(
    (call) => (record, context) =>
      call(
        record,
        override(context, {
          state: (name) => {
            const state = context.state(name);
            return override(state, {
              set: (key, value) => {
                values.set(JSON.stringify([name, key]), Buffer.from(JSON.stringify(value)));
                state.set(key, value);
              },
            });
          },
        }),
      ),
  );
  return all(show, keep);
}
