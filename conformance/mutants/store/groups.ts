import type { HandlerState } from "@eventy/sdk/processing";
import type { StateChange } from "@eventy/sdk/store";
import pg from "pg";
import { override } from "../kit/override.js";
import { type MutateParts, withCalls, withClaims, withLocation, withStore } from "../kit/parts.js";
import { renewsOnlyAtFirst, rewrites, withAnswers, withTexts } from "../kit/sql.js";
import { misprocessing, type StoreMutant } from "../kit/store-mutant.js";

const ENDS_SESSIONS = /pg_terminate_backend/;
const FENCE = /AND epoch = \$4 AND owner IS NOT NULL/g;
const MOVES = /AND acknowledged [=<] \$5/g;

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
      "commits whatever epoch it has": withTexts((text) => {
        if (ENDS_SESSIONS.test(text)) return null;
        return text.replaceAll(FENCE, "AND $4 = $4").replaceAll(MOVES, "AND $5 = $5");
      }),
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
      "takes a transaction for undone whose answer did not come": withTexts((text) =>
        text
          .replace(
            "RETURNING epoch, acknowledged, backend_pid",
            "RETURNING epoch, 0 AS acknowledged, backend_pid",
          )
          .replace("AND acknowledged = $5", "AND $5 = $5"),
      ),
    },
    "postgresql",
  ),
  ...misprocessing(
    "STO-030",
    { "keeps one value for a key, wherever it is": oneForAll((change) => change.key) },
    "memory",
  ),
  ...misprocessing("STO-031", { "writes values before the transaction": withLocation(early) }, "postgresql"),
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
  return withAnswers(async (statement, run) => {
    if (isBroken) throw Object.assign(new Error("the connection is lost"), { code: "ECONNRESET" });
    try {
      return await run(statement);
    } catch (error) {
      isBroken ||= !(error instanceof Error && "severity" in error && error.severity === "ERROR");
      throw error;
    }
  });
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

/** Writes each value of a state at once, on a connection of its own. */
function early(location: () => string): MutateParts {
  return withCalls(
    (call, { group }) =>
      async function* (record, context) {
        let written = Promise.resolve();
        const { topic, partition } = context.position;
        const state = (name: string): HandlerState => {
          const place = context.state(name);
          return override(place, {
            set: (key, value) => {
              const cursor = [group ?? context.service.name, topic, partition];
              written = write(location(), [...cursor, name, key, JSON.stringify(value)]);
              place.set(key, value);
            },
          });
        };
        for await (const draft of call(record, override(context, { state }))) {
          await written;
          yield draft;
        }
      },
  );
}

async function write(connectionString: string, values: unknown[]): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(
    `INSERT INTO eventy_state (group_name, topic_id, partition_id, state, state_key, value)
    SELECT $1, topic_id, $3, $4, $5, convert_to($6, 'UTF8') FROM eventy_topic WHERE name = $2
    ON CONFLICT (group_name, topic_id, partition_id, state, state_key) DO UPDATE SET value = excluded.value`,
    values,
  );
  await client.end();
}
