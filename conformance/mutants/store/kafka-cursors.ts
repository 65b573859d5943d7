import { type ReadOffset, readOffsets, renames, withBytes, withOffsets, withRequests } from "../kit/kafka.js";
import type { OfTopic } from "../kit/kafka-requests.js";
import type { MutateParts } from "../kit/parts.js";
import { misprocessing, type StoreMutant } from "../kit/store-mutant.js";

/** Errors that say that the group goes on without this member. */
const LOST: ReadonlySet<unknown> = new Set(["UNKNOWN_MEMBER_ID", "ILLEGAL_GENERATION"]);

/** Mutants of the Kafka binding: how claims begin, and what becomes of cursors. */
export const kafkaCursorMutants: readonly StoreMutant[] = [
  ...misprocessing("KAF-010", { "reads the cursor before it has the fence": readsFirst() }, "kafka"),
  ...misprocessing(
    "KAF-011",
    {
      "begins claims when it is no member any more": withRequests({
        heartbeat: (ask) => async (request) => {
          try {
            return await ask(request);
          } catch (error) {
            if (!(error instanceof Error && "type" in error && LOST.has(error.type))) throw error;
            return undefined;
          }
        },
      }),
      "asks for no heartbeat when it begins a claim": asksNothingAfterTheFence(),
    },
    "kafka",
  ),
  ...misprocessing(
    "KAF-012",
    {
      "commits offsets by themselves as well": withRequests({
        txnOffsetCommit: (ask, own) => async (request) => {
          const { groupId, topics } = request;
          const plain = { groupId, groupGenerationId: -1, memberId: "", topics };
          await own.offsetCommit(plain).catch(() => undefined);
          return ask(request);
        },
      }),
    },
    "kafka",
  ),
  ...misprocessing(
    "KAF-013",
    {
      "writes no marks beside offsets": withRequests({
        txnOffsetCommit: (ask) => (request) => ask({ ...request, topics: unmarked(request.topics) }),
      }),
      "finds no marks beside offsets": withOffsets(async (ask) =>
        (await ask()).map((one) => ({ ...one, metadata: "" })),
      ),
    },
    "kafka",
  ),
  ...misprocessing(
    "KAF-014",
    { "keeps the copies of cursors elsewhere": renames("eventy-cursors", "eventy-private") },
    "kafka",
  ),
  ...misprocessing(
    "KAF-015",
    {
      "begins where the log does if the group has no offset": withOffsets(async (ask) =>
        (await ask()).map((one) => (one.offset < 0 ? { ...one, offset: 0 } : one)),
      ),
    },
    "kafka",
  ),
  ...misprocessing(
    "KAF-018",
    {
      "takes offsets that are not stable": withBytes((name, body) => {
        // What asks for stable ones stands before the last byte.
        if (name === "OffsetFetch") body.writeInt8(0, body.length - 2);
        return body;
      }),
    },
    "kafka",
  ),
];

function unmarked(topics: readonly OfTopic[]): readonly OfTopic[] {
  return topics.map(({ topic, partitions }) => ({
    topic,
    partitions: partitions.map((one) => ({ ...one, metadata: "" })),
  }));
}

/** Reads the cursor of a claim, then initialises its producer, then believes what it has read. */
function readsFirst(): MutateParts {
  const found = new Map<string, readonly ReadOffset[]>();
  const requests = withRequests({
    initProducerId: (ask, own) => async (request) => {
      const [kind, group = "", topic = "", partition] = (request.transactionalId ?? "").split(":");
      if (kind === "eventy") {
        const cursor = {
          groupId: group,
          topics: [{ topic, partitions: [{ partition: Number(partition) }] }],
        };
        found.set(group, readOffsets((await own.offsetFetch(cursor)).responses));
      }
      return ask(request);
    },
  });
  const offsets = withOffsets(async (ask, group) => {
    const before = found.get(group);
    found.delete(group);
    return before ?? ask();
  });
  return (parts) => offsets(requests(parts));
}

/** Takes all heartbeats between an initialisation and its first use for well. */
function asksNothingAfterTheFence(): MutateParts {
  const unused = new Set<string | null>();
  return withRequests({
    initProducerId: (ask) => async (request) => {
      if (request.transactionalId !== null) unused.add(request.transactionalId);
      return ask(request);
    },
    addPartitionsToTxn: (ask) => (request) => {
      unused.delete(request.transactionalId);
      return ask(request);
    },
    addOffsetsToTxn: (ask) => (request) => {
      unused.delete(request.transactionalId);
      return ask(request);
    },
    heartbeat: (ask) => async (request) => (unused.size > 0 ? undefined : ask(request)),
  });
}
