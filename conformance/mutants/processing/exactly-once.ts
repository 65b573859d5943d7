import { atLeastOnce, exactlyOnce, type HandlerContext, type HandlerState } from "@eventy/sdk/processing";
import type { Value } from "@eventy/sdk/record";
import type { Claim } from "@eventy/sdk/store";
import { instead } from "../kit/instead.js";
import { override } from "../kit/override.js";
import { type MutateParts, withCalls, withClaims } from "../kit/parts.js";
import { misprocessing, type StoreMutant } from "../kit/store-mutant.js";

const FEW_OUTPUTS = 10_000;

type Work = Parameters<HandlerContext["inTransaction"]>[0];

/** Mutants of section 5.5: what exactly-once handlers are promised. */
export const exactlyOnceMutants: readonly StoreMutant[] = [
  ...misprocessing("PRC-018", {
    "appends outputs of exactly-once handlers as they come": instead(exactlyOnce, atLeastOnce),
  }),
  ...misprocessing(
    "PRC-018",
    {
      "appends first and acknowledges in a second transaction": withClaims((claim) =>
        override(claim, {
          commit: async ({ records = [], ...rest }) => {
            if (records.length > 0) await claim.append(records);
            await claim.commit(rest);
          },
        }),
      ),
    },
    "postgresql",
  ),
  ...misprocessing(
    "PRC-019",
    {
      "keeps what a handler gave before it failed": withCalls(
        (call, { guarantee }) =>
          async function* (record, context) {
            try {
              yield* call(record, context);
            } catch (error) {
              if (guarantee !== exactlyOnce) throw error;
            }
          },
      ),
    },
    "memory",
  ),
  ...misprocessing(
    "PRC-020",
    {
      "shows the state as it was before the batch": staleState(),
      "shows the state as it was before the last commit": withClaims(lateState),
    },
    "memory",
  ),
  ...misprocessing("PRC-021", { "leaves out records that it has seen": seenBefore() }, "memory"),
  ...misprocessing(
    "PRC-022",
    {
      "takes only so many outputs of one delivery": withCalls(
        (call) =>
          async function* (record, context) {
            let count = 0;
            for await (const draft of call(record, context)) {
              count += 1;
              if (count > FEW_OUTPUTS) throw new Error("too many outputs");
              yield draft;
            }
          },
      ),
    },
    "memory",
  ),
  ...misprocessing("PRC-024", { "does the work of a handler that failed, later": lateWork() }),
];

function staleState(): MutateParts {
  const known = new Map<string, Value | undefined>();
  const stale = (name: string, state: HandlerState): HandlerState =>
    override(state, {
      get: async (key) => {
        const place = JSON.stringify([name, key]);
        if (!known.has(place)) known.set(place, await state.get(key));
        return known.get(place);
      },
    });
  return withCalls(
    (call) => (record, context) =>
      call(record, override(context, { state: (name) => stale(name, context.state(name)) })),
  );
}

/** What a commit changes is seen from the next one on. */
function lateState(claim: Claim): Claim {
  let before = new Map<string, Uint8Array | null>();
  const placeOf = (state: string, key: string): string => JSON.stringify([state, key]);
  return override(claim, {
    state: async (state, key) => {
      const value = before.get(placeOf(state, key));
      return value === undefined ? claim.state(state, key) : value;
    },
    commit: async (transaction) => {
      const values = new Map<string, Uint8Array | null>();
      for (const { state, key } of transaction.state ?? [])
        values.set(placeOf(state, key), await claim.state(state, key));
      await claim.commit(transaction);
      before = values;
    },
  });
}

function seenBefore(): MutateParts {
  const seen = new Set<string>();
  return withCalls(
    (call, { id }) =>
      async function* (record, context) {
        const delivery = JSON.stringify([id, record.source, record.uuid]);
        if (seen.has(delivery)) return;
        yield* call(record, context);
        seen.add(delivery);
      },
  );
}

function lateWork(): MutateParts {
  const late: Work[] = [];
  return withCalls(
    (call) =>
      async function* (record, context) {
        for (const work of late.splice(0)) context.inTransaction(work);
        const asked: Work[] = [];
        const inTransaction = (work: Work): void => {
          asked.push(work);
          context.inTransaction(work);
        };
        try {
          yield* call(
            record,
            override(context, { inTransaction: inTransaction as HandlerContext["inTransaction"] }),
          );
        } catch (error) {
          late.push(...asked);
          throw error;
        }
      },
  );
}
