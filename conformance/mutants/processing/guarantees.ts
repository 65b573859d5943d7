import { atLeastOnce, atMostOnce } from "@eventy/sdk/processing";
import { Guarantee as Asked } from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { instead } from "../kit/instead.js";
import { override } from "../kit/override.js";
import { type MutateParts, withCalls, withClaims } from "../kit/parts.js";
import { misprocessing, type StoreMutant } from "../kit/store-mutant.js";

/** Mutants of sections 5.4 and 5.6: what the other guarantees give. */
export const guaranteeMutants: readonly StoreMutant[] = [
  ...misprocessing(
    "PRC-016",
    { "acknowledges before at-least-once handlers ran": instead(atLeastOnce, atMostOnce) },
    "memory",
  ),
  ...misprocessing(
    "PRC-017",
    {
      "appends outputs of at-least-once handlers without a fence": withClaims((claim, store) =>
        override(claim, {
          append: async (records) => {
            await store.append(records);
          },
        }),
      ),
    },
    "postgresql",
  ),
  ...misprocessing(
    "PRC-025",
    { "acknowledges after at-most-once handlers ran": instead(atMostOnce, atLeastOnce) },
    "memory",
  ),
  ...misprocessing(
    "PRC-026",
    {
      "calls an at-most-once handler again that failed": withCalls(
        (call, { guarantee }) =>
          async function* (record, context) {
            try {
              yield* call(record, context);
            } catch (error) {
              if (guarantee !== atMostOnce) throw error;
              yield* call(record, context);
            }
          },
      ),
    },
    "memory",
  ),
  ...misprocessing(
    "PRC-027",
    { "calls no at-most-once handler after one has failed": giveUpTurns() },
    "memory",
  ),
  ...misprocessing(
    "PRC-028",
    {
      "takes at-most-once handlers that are to be tried again": (parts) => ({
        ...parts,
        makeHandlers: (handlers, ...rest) =>
          parts.makeHandlers(
            handlers.map((one) => (one.guarantee === Asked.AT_MOST_ONCE ? { ...one, retries: 0 } : one)),
            ...rest,
          ),
      }),
    },
    "memory",
  ),
];

function giveUpTurns(): MutateParts {
  let failed = false;
  return withCalls(
    (call, { guarantee }) =>
      async function* (record, context) {
        if (failed && guarantee === atMostOnce) return;
        try {
          yield* call(record, context);
        } catch (error) {
          failed ||= guarantee === atMostOnce;
          throw error;
        }
      },
  );
}
