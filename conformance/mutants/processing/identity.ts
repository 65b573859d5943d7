import { randomUUID } from "node:crypto";
import { override } from "../kit/override.js";
import { type MutateParts, withCalls, withDecoding, withHandlers } from "../kit/parts.js";
import { misprocessing, type StoreMutant } from "../kit/store-mutant.js";

/** Mutants of section 5.10: the identity of what is made. */
export const identityMutants: readonly StoreMutant[] = [
  ...misprocessing(
    "PRC-044",
    {
      "gives outputs random uuids": withUuids(() => randomUUID()),
      "makes uuids of outputs without the id of the handler": withHandlers((handler, index) => ({
        ...handler,
        id: `handler-${index}`,
      })),
    },
    "memory",
  ),
  ...misprocessing(
    "PRC-045",
    {
      "gives each call another idempotency key": withCalls(
        (call) => (record, context) => call(record, override(context, { idempotencyKey: randomUUID() })),
      ),
    },
    "memory",
  ),
  ...misprocessing(
    "PRC-046",
    {
      "makes a missing uuid of the bytes": withDecoding(
        (decode) => (bytes, given) => decode(bytes, { ...given, missingUuid: undefined }),
      ),
    },
    "memory",
  ),
];

function withUuids(uuid: () => string): MutateParts {
  return withCalls(
    (call) =>
      async function* (record, context) {
        for await (const draft of call(record, context)) {
          yield override(draft, { uuid: uuid() });
        }
      },
  );
}
