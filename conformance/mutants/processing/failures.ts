import { EventyError } from "@eventy/sdk/record";
import { override } from "../kit/override.js";
import { type MutateParts, withClaims, withHandlers, withStore } from "../kit/parts.js";
import { misprocessing, type StoreMutant } from "../kit/store-mutant.js";

/** Mutants of section 5.7: handlers and stores that fail. */
export const failureMutants: readonly StoreMutant[] = [
  ...misprocessing(
    "PRC-029",
    {
      "skips a record where no policy is set": withHandlers((handler) =>
        handler.onError === "stop" ? { ...handler, onError: "skip" } : handler,
      ),
    },
    "memory",
  ),
  ...misprocessing(
    "PRC-030",
    {
      "tries once more than it is told": tries(1),
      "tries once less than it is told": tries(-1),
    },
    "memory",
  ),
  ...misprocessing(
    "PRC-031",
    {
      "stops where it is told to skip": withHandlers((handler) =>
        handler.onError === "skip" ? { ...handler, onError: "stop" } : handler,
      ),
    },
    "memory",
  ),
  ...misprocessing(
    "PRC-032",
    {
      "gives handlers all the time that they take": withHandlers(({ timeoutMs: _, ...handler }) => handler),
    },
    "memory",
  ),
  ...misprocessing(
    "PRC-033",
    { "stops when the store cannot be reached": stopsAt("STORE_UNAVAILABLE") },
    "postgresql",
  ),
  ...misprocessing("PRC-034", {
    "begins anew where its next record is not there any more": withStore((store) =>
      override(store, {
        join: async (options) => {
          const lost = await Promise.all(options.topics.map((topic) => isLost(topic, options.group)));
          return store.join(lost.includes(true) ? { ...options, group: `${options.group}-again` } : options);

          async function isLost(topic: string, group: string): Promise<boolean> {
            for (let partition = 0; partition < (await store.partitionsOf(topic)); partition++) {
              const { begin } = await store.bounds({ topic, partition });
              const acknowledged = await store.acknowledged(group, { topic, partition });
              if (acknowledged !== null && acknowledged < begin) return true;
            }
            return false;
          }
        },
      }),
    ),
  }),
  ...misprocessing("PRC-035", { "stops when it has lost a partition": stopsAt("FENCED") }, "postgresql"),
];

function tries(more: number): MutateParts {
  return withHandlers((handler) => {
    const { onError } = handler;
    if (typeof onError !== "object") return handler;
    return { ...handler, onError: { ...onError, times: onError.times + more } };
  });
}

function stopsAt(code: "STORE_UNAVAILABLE" | "FENCED"): MutateParts {
  const expect = async <T>(operation: Promise<T>): Promise<T> => {
    try {
      return await operation;
    } catch (error) {
      if (error instanceof EventyError && error.code === code) {
        throw new EventyError("STORE_FAILED", error.message, { cause: error });
      }
      throw error;
    }
  };
  return withClaims((claim) =>
    override(claim, {
      fetch: (...args) => expect(claim.fetch(...args)),
      append: (records) => expect(claim.append(records)),
      commit: (transaction) => expect(claim.commit(transaction)),
    }),
  );
}
