import type { App } from "@eventy/sdk/processing";
import { EventyError } from "@eventy/sdk/record";
import type { Claim } from "@eventy/sdk/store";
import type { RunningApp } from "../../testees/typescript/parts.js";
import { replaysToEnds } from "../kit/ends.js";
import { override } from "../kit/override.js";
import { type MutateParts, withCalls, withClaims, withMembers } from "../kit/parts.js";
import { misprocessing, type StoreMutant } from "../kit/store-mutant.js";

type Run = App["run"];

/** Mutants of section 5.11: beginning and ending. */
export const endingMutants: readonly StoreMutant[] = [
  ...misprocessing(
    "PRC-047",
    {
      "drops what is in hand when it is asked to end": withClaims((claim) =>
        override(claim, {
          commit: async (transaction) => {
            if (claim.signal.aborted) throw new EventyError("FENCED", "the run is to end");
            await claim.commit(transaction);
          },
        }),
      ),
      "finishes all of the batch in hand when it is asked to end": withClaims(whichFinishesBatches),
    },
    "memory",
  ),
  ...misprocessing(
    "PRC-048",
    { "does not hear that a run is asked to end": withRun((run) => () => run()) },
    "memory",
  ),
  ...misprocessing(
    "PRC-048",
    { "waits until it is known what became of a commit": withClaims(whichSettles) },
    "postgresql",
  ),
  ...misprocessing(
    "PRC-049",
    {
      "acknowledges what a handler left because the run is to end": withCalls(
        (call) =>
          async function* (record, context) {
            const { signal } = context;
            try {
              yield* call(record, context);
            } catch (error) {
              if (!signal.aborted) throw error;
            }
          },
      ),
    },
    "memory",
  ),
  ...misprocessing(
    "PRC-050",
    {
      "takes a group to be at the end as soon as it has begun": withMembers((member) =>
        override(member, { atEnd: async () => true }),
      ),
    },
    "memory",
  ),
  ...misprocessing("PRC-050", {
    "compares the cursors of replays with the ends of partitions": replaysToEnds,
  }),
  ...misprocessing(
    "PRC-051",
    {
      "ends in order although a group has stopped": (parts) => ({
        ...parts,
        makeApp: (options) => {
          const app = parts.makeApp(options);
          return override(app, {
            run: (options) => app.run(options).catch(() => {}),
            runToEnd: (options) => app.runToEnd(options).catch(() => {}),
          });
        },
      }),
    },
    "memory",
  ),
];

/** Hears that it is to end when a batch is committed. */
function whichFinishesBatches(claim: Claim): Claim {
  const ended = new AbortController();
  const hear = () => {
    if (claim.signal.aborted) ended.abort();
  };
  return override(claim, {
    signal: ended.signal,
    fetch: (limit, signal) =>
      claim.fetch(limit, signal && AbortSignal.any([signal, claim.signal])).finally(hear),
    commit: (transaction) => claim.commit(transaction).finally(hear),
  });
}

/** Is not released before its last commit is settled. */
function whichSettles(claim: Claim): Claim {
  let commit: Promise<void> = Promise.resolve();
  return override(claim, {
    commit: (transaction) => {
      commit = claim.commit(transaction);
      return commit;
    },
    release: async () => {
      await commit.catch(() => undefined);
      await claim.release();
    },
  });
}

function withRun(change: (run: Run) => Run): MutateParts {
  return (parts) => ({
    ...parts,
    makeApp: (options): RunningApp => {
      const app = parts.makeApp(options);
      return override(app, { run: change((options) => app.run(options)) });
    },
  });
}
