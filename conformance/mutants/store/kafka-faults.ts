import { appendsAgain } from "../kit/appends.js";
import { readOffsets, withOffsets, withOwnTransactionalIds, withRequests } from "../kit/kafka.js";
import type { OfTopic } from "../kit/kafka-requests.js";
import { override } from "../kit/override.js";
import { type MutateParts, withStore } from "../kit/parts.js";
import { misprocessing, type StoreMutant } from "../kit/store-mutant.js";

/** Mutants of what every store must do, in ways that are Kafka's: fences, sessions, answers that do not come. */
export const kafkaFaultMutants: readonly StoreMutant[] = [
  ...misprocessing("STO-009", { "sends an append again whose answer did not come": appendsAgain() }, "kafka"),
  ...misprocessing(
    "STO-017",
    {
      "begins anew where the offset is out of range": withStore((store) =>
        override(store, {
          read: async (place, offset, limit) => {
            const { begin, end } = await store.bounds(place);
            return store.read(place, offset < begin || offset > end ? begin : offset, limit);
          },
        }),
      ),
    },
    "kafka",
  ),
  ...misprocessing(
    "STO-025",
    { "is not heard of": withRequests({ heartbeat: () => () => Promise.resolve(undefined) }) },
    "kafka",
  ),
  ...misprocessing(
    "STO-026",
    {
      "fences nobody: its transactional ids are its own": withOwnTransactionalIds(),
    },
    "kafka",
  ),
  ...misprocessing(
    "STO-029",
    { "takes a transaction for undone whose end was not confirmed": guesses() },
    "kafka",
  ),
];

/** After an EndTxn without an answer, takes the cursor for what it was before. */
function guesses(): MutateParts {
  const known = new Map<string, readonly OfTopic[]>();
  const pending = new Map<string, readonly [group: string, topics: readonly OfTopic[]]>();
  const doubtful = new Set<string>();
  const requests = withRequests({
    txnOffsetCommit: (ask) => (request) => {
      pending.set(request.transactionalId, [request.groupId, request.topics]);
      return ask(request);
    },
    endTxn: (ask) => async (request) => {
      const [group = "", topics = []] = pending.get(request.transactionalId) ?? [];
      try {
        const answer = await ask(request);
        known.set(group, topics);
        return answer;
      } catch (error) {
        if (!(error instanceof Error && "type" in error)) doubtful.add(group);
        throw error;
      }
    },
  });
  const offsets = withOffsets(async (ask, group) => {
    const before = known.get(group);
    return before === undefined || !doubtful.delete(group) ? ask() : readOffsets(before);
  });
  return (parts) => offsets(requests(parts));
}
