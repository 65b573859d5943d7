import { atLeastOnce, atMostOnce, exactlyOnce } from "@eventy/sdk/processing";
import type { EventyRecord } from "@eventy/sdk/record";
import type { Transaction } from "@eventy/sdk/store";
import pg from "pg";
import { override } from "../kit/override.js";
import { type MutateParts, withCalls, withClaims, withLocation } from "../kit/parts.js";
import { misprocessing, type StoreMutant } from "../kit/store-mutant.js";

/** Mutants of section 5.3: batches, and errors in them. */
export const phaseMutants: readonly StoreMutant[] = [
  ...misprocessing(
    "PRC-011",
    { "leaves out the at-most-once handlers of a record for which another one failed": tieGuarantees() },
    "memory",
  ),
  ...misprocessing(
    "PRC-012",
    { "holds a transaction open while handlers run": withLocation(holdsLocks) },
    "postgresql",
  ),
  ...misprocessing("PRC-013", { "commits a batch as a whole only": wholeBatches() }, "memory"),
  ...misprocessing(
    "PRC-014",
    {
      "acknowledges what it has read when it gives a partition back": withClaims((claim) => {
        let read = claim.acknowledged;
        return override(claim, {
          fetch: async (...args) => {
            const batch = await claim.fetch(...args);
            read = batch.next;
            return batch;
          },
          release: async () => {
            if (read > claim.acknowledged) await claim.commit({ acknowledge: read });
            await claim.release();
          },
        });
      }),
    },
    "memory",
  ),
  ...misprocessing(
    "PRC-015",
    { "calls all at-least-once handlers of a record again when one is tried again": retryTogether() },
    "memory",
  ),
];

function tieGuarantees(): MutateParts {
  const failed = new Set<string>();
  return withCalls(
    (call, { guarantee }) =>
      async function* (record, context) {
        const place = placeOf(record);
        if (guarantee === atMostOnce && failed.has(place)) return;
        try {
          yield* call(record, context);
        } catch (error) {
          if (guarantee === exactlyOnce || guarantee === atLeastOnce) failed.add(place);
          throw error;
        }
      },
  );
}

function wholeBatches(): MutateParts {
  return withClaims((claim) => {
    let end = 0;
    let waiting: Transaction = { acknowledge: claim.acknowledged };
    return override(claim, {
      fetch: async (...args) => {
        const batch = await claim.fetch(...args);
        end = batch.next;
        return batch;
      },
      commit: async (transaction) => {
        waiting = {
          ...transaction,
          records: [...(waiting.records ?? []), ...(transaction.records ?? [])],
          state: [...(waiting.state ?? []), ...(transaction.state ?? [])],
        };
        if (transaction.acknowledge < end) return;
        await claim.commit(waiting);
        waiting = { acknowledge: transaction.acknowledge };
      },
    });
  });
}

function retryTogether(): MutateParts {
  return withCalls(
    (call, handler, all) =>
      async function* (record, context) {
        if (context.attempt > 1 && handler.guarantee === atLeastOnce) {
          for (const other of all) {
            if (other === handler || other.guarantee !== atLeastOnce) continue;
            const outputs = other.handle(record, context);
            if (Symbol.asyncIterator in outputs) for await (const _ of outputs);
          }
        }
        yield* call(record, context);
      },
  );
}

function placeOf({ source, uuid }: EventyRecord): string {
  return `${source} ${uuid}`;
}

/** From the reading of a batch until it writes, a connection of its own holds the locks of all heads. */
function holdsLocks(location: () => string): MutateParts {
  return withClaims((claim) => {
    let holder: pg.Client | undefined;
    const letGo = async (): Promise<void> => {
      const client = holder;
      holder = undefined;
      await client?.end();
    };
    return override(claim, {
      fetch: async (...args) => {
        const batch = await claim.fetch(...args);
        if (batch.records.length > 0 && holder === undefined) {
          holder = new pg.Client({ connectionString: location() });
          await holder.connect();
          await holder.query("BEGIN");
          await holder.query("SELECT FROM eventy_head FOR UPDATE");
        }
        return batch;
      },
      append: async (records) => {
        await letGo();
        await claim.append(records);
      },
      commit: async (transaction) => {
        await letGo();
        await claim.commit(transaction);
      },
      release: async () => {
        await letGo();
        await claim.release();
      },
    });
  });
}
