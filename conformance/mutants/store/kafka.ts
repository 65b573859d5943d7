import type { RecordStore, StoredRecord } from "@eventy/sdk/store";
import { appends } from "../kit/appends.js";
import { isAtEnds, replaysToEnds } from "../kit/ends.js";
import { renames, withBytes, withOwnTransactionalIds, withRequests } from "../kit/kafka.js";
import { override } from "../kit/override.js";
import { type MutateParts, withStore } from "../kit/parts.js";
import { misprocessing, type StoreMutant } from "../kit/store-mutant.js";

const ISOLATION_AT = 16;
const MARKER_KEY = "\0\0\0";

/** Mutants of the Kafka binding: topics, records, groups and states. */
export const kafkaMutants: readonly StoreMutant[] = [
  ...misprocessing(
    "KAF-001",
    {
      "leaves it to the broker how long records are kept": withRequests({
        createTopics: (ask) => (request) =>
          ask({
            ...request,
            topics: request.topics.map((topic) => ({
              ...topic,
              configEntries: topic.configEntries.filter(({ name }) => !name.startsWith("retention.")),
            })),
          }),
      }),
    },
    "kafka",
  ),
  ...misprocessing(
    "KAF-002",
    {
      "asks for topics in the way that creates them": withBytes((name, body) => {
        if (name !== "Metadata") return body;
        return Buffer.concat([body.subarray(0, -1), Buffer.from([1])]);
      }),
    },
    "kafka",
  ),
  ...misprocessing(
    "KAF-003",
    {
      "writes an empty key for none": appends((one) => ({ ...one, key: one.key ?? "" })),
      "writes an empty value for none": appends((one) => ({ ...one, value: one.value ?? new Uint8Array() })),
    },
    "kafka",
  ),
  ...misprocessing(
    "KAF-004",
    {
      "leaves out headers that are empty": reads((records) =>
        records.map((one) => ({
          ...one,
          headers: Object.fromEntries(Object.entries(one.headers).filter(([, text]) => text !== "")),
        })),
      ),
    },
    "kafka",
  ),
  ...misprocessing(
    "KAF-005",
    {
      "asks for the leader's confirmation alone": withBytes((name, body) => {
        if (name !== "Produce") return body;
        const changed = Buffer.from(body);
        changed.writeInt16BE(1, 2 + Math.max(body.readInt16BE(0), 0));
        return changed;
      }),
    },
    "kafka",
  ),
  ...misprocessing(
    "KAF-006",
    {
      "takes records for markers that have a key like one": reads((records) =>
        records.filter(({ key }) => !(key?.startsWith(MARKER_KEY) && key.length === 4)),
      ),
      "takes a marker without a record for damaged": withBytes(
        (_, body) => body,
        (name, body) => (name === "Fetch" ? withDamagedMarkers(body) : body),
      ),
    },
    "kafka",
  ),
  ...misprocessing(
    "KAF-007",
    {
      "compares cursors with the ends of partitions": withStore((store) =>
        override(store, {
          join: async (options) => {
            const member = await store.join(options);
            return override(member, { atEnd: () => isAtEnds(store, options.group, options.topics) });
          },
        }),
      ),
      "compares the cursors of replays with the ends of partitions": replaysToEnds,
    },
    "kafka",
  ),
  ...misprocessing(
    "KAF-008",
    {
      "lists no partitions on which it has claims": withRequests({
        joinGroup: (ask) => (request) =>
          ask({
            ...request,
            groupProtocols: request.groupProtocols.map(({ metadata, ...one }) => ({
              ...one,
              metadata: withoutOwned(metadata),
            })),
          }),
      }),
      "joins by a protocol of its own": withRequests({
        joinGroup: (ask) => (request) =>
          ask({
            ...request,
            groupProtocols: request.groupProtocols.map((one) => ({ ...one, name: "eventy" })),
          }),
      }),
    },
    "kafka",
  ),
  ...misprocessing(
    "KAF-009",
    { "has a transactional id for each process": withOwnTransactionalIds() },
    "kafka",
  ),
  ...misprocessing(
    "KAF-016",
    { "keeps states in topics of other names": renames(".changelog", ".statelogs") },
    "kafka",
  ),
  ...misprocessing(
    "KAF-017",
    { "appends all that it appends in transactions": withStore(transacts) },
    "kafka",
  ),
  ...misprocessing(
    "STO-011",
    {
      "reads what is not committed": withBytes((name, body) => {
        if (name !== "Fetch") return body;
        const changed = Buffer.from(body);
        changed.writeInt8(0, ISOLATION_AT);
        return changed;
      }),
    },
    "kafka",
  ),
];

/** Appends a record to a second topic with every call, which takes a transaction. */
function transacts(store: RecordStore): RecordStore {
  return override(store, {
    append: async (records) => {
      await store.createTopic("elsewhere", 1);
      const more = { topic: "elsewhere", key: null, value: null, headers: {} };
      return (await store.append([...records, more])).slice(0, records.length);
    },
  });
}

/** An answer to a Fetch from one partition, in which no marker without a record matches its checksum. */
function withDamagedMarkers(body: Buffer): Buffer {
  const changed = Buffer.from(body);
  const topics = body.readInt32BE(10);
  if (topics === 0) return changed;
  let at = 14;
  at += 2 + body.readInt16BE(at) + 34;
  at += 4 + 16 * Math.max(body.readInt32BE(at), 0) + 4;
  for (at += 4; at + 61 <= body.length; at += 12 + body.readInt32BE(at + 8)) {
    const isControl = (body.readInt16BE(at + 21) & 0x20) !== 0;
    if (isControl && body.readInt32BE(at + 57) === 0) changed.writeUInt32BE(0, at + 17);
  }
  return changed;
}

/** A subscription up to what its member owns, and with nothing that it owns. */
function withoutOwned(metadata: Buffer): Buffer {
  let at = 2;
  const topics = metadata.readInt32BE(at);
  at += 4;
  for (let topic = 0; topic < topics; topic++) at += 2 + metadata.readInt16BE(at);
  at += 4 + Math.max(metadata.readInt32BE(at), 0);
  return Buffer.concat([metadata.subarray(0, at), Buffer.alloc(4)]);
}

function reads(change: (records: readonly StoredRecord[]) => readonly StoredRecord[]): MutateParts {
  return withStore((store) =>
    override(store, {
      read: async (...args) => {
        const { records, next } = await store.read(...args);
        return { records: change(records), next };
      },
    }),
  );
}
