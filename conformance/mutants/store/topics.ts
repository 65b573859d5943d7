import { crc32 } from "node:zlib";
import { EventyError } from "@eventy/sdk/record";
import type { Position, RecordStore } from "@eventy/sdk/store";
import { appends, appendsAgain } from "../kit/appends.js";
import { override } from "../kit/override.js";
import { type MutateParts, withStore } from "../kit/parts.js";
import { misprocessing, type StoreMutant } from "../kit/store-mutant.js";

/** Mutants of sections 4.1 to 4.3: topics, partitions and appends. */
export const topicMutants: readonly StoreMutant[] = [
  ...misprocessing(
    "STO-001",
    {
      "leaves a topic as it is that is to have other partitions": withStore((store) =>
        override(store, {
          createTopic: (topic, partitions) =>
            store.createTopic(topic, partitions).catch(forgive("TOPIC_MISMATCH")),
        }),
      ),
    },
    "memory",
  ),
  ...misprocessing("STO-002", { "makes a topic anew that is there": anew }, "memory"),
  ...misprocessing(
    "STO-003",
    {
      "creates a topic that is written to": withStore((store) =>
        override(store, {
          append: async (records) => {
            for (const { topic } of records)
              await store.createTopic(topic, 1).catch(forgive("TOPIC_MISMATCH"));
            return store.append(records);
          },
        }),
      ),
    },
    "memory",
  ),
  ...misprocessing(
    "STO-004",
    {
      "places keys by their CRC32": places((key, partitions) => crc32(key) % partitions),
      "places an empty key as if there were none": places((key, partitions) =>
        key === "" ? partitions - 1 : undefined,
      ),
    },
    "memory",
  ),
  ...misprocessing(
    "STO-006",
    {
      "appends the records of a call backwards": withStore((store) =>
        override(store, { append: (records) => store.append(records.toReversed()) }),
      ),
    },
    "memory",
  ),
  ...misprocessing(
    "STO-007",
    {
      "appends the records of a call one by one": withStore((store) =>
        override(store, {
          append: async (records) => {
            const positions: Position[] = [];
            for (const record of records) positions.push(...(await store.append([record])));
            return positions;
          },
        }),
      ),
    },
    "memory",
  ),
  ...misprocessing("STO-008", { "answers before it has appended": withStore(answersEarly) }),
  ...misprocessing(
    "STO-009",
    {
      "appends again where it does not know what became of it": appendsAgain(),
    },
    "postgresql",
  ),
  ...misprocessing(
    "STO-010",
    {
      "appends an empty value for none": appends((one) => ({ ...one, value: one.value ?? new Uint8Array() })),
      "appends no key for an empty one": appends((one) => ({ ...one, key: one.key || null })),
      "adds a header": appends((one) => ({ ...one, headers: { ...one.headers, "x-added": "1" } })),
    },
    "memory",
  ),
  ...misprocessing("STO-033", {
    "says that it has appended what the storage refused": withStore((store) =>
      override(store, {
        append: (records) =>
          store.append(records).catch((error) => {
            forgive("STORE_FAILED")(error);
            return records.map(({ topic, partition = 0 }) => ({ topic, partition, offset: 0 }));
          }),
      }),
    ),
  }),
];

function anew(parts: Parameters<MutateParts>[0]): ReturnType<MutateParts> {
  return {
    ...parts,
    openStore: async (open) => {
      let store = await parts.openStore(open);
      const topics = new Map<string, number>();
      return new Proxy(store, {
        get(_, name) {
          if (name === "createTopic") return createTopic;
          const value: unknown = Reflect.get(store, name);
          return typeof value === "function" ? value.bind(store) : value;
        },
      });

      async function createTopic(topic: string, partitions: number): Promise<void> {
        if (topics.get(topic) === partitions) {
          store = await parts.openStore(open);
          for (const [other, count] of topics) await store.createTopic(other, count);
        }
        await store.createTopic(topic, partitions);
        topics.set(topic, partitions);
      }
    },
  };
}

/** Makes up the positions, and appends when nobody waits for it any more. */
function answersEarly(store: RecordStore): RecordStore {
  return override(store, {
    append: async (records) => {
      const positions: Position[] = [];
      for (const { topic, partition = 0 } of records) {
        const { end } = await store.bounds({ topic, partition });
        positions.push({ topic, partition, offset: end });
      }
      setTimeout(() => void store.append(records), 100);
      return positions;
    },
  });
}

function places(partitionOf: (key: string, partitions: number) => number | undefined): MutateParts {
  return withStore((store) =>
    override(store, {
      append: async (records) => {
        const placed = records.map(async (record) => {
          if (record.key === null || record.partition !== undefined) return record;
          const partition = partitionOf(record.key, await store.partitionsOf(record.topic));
          return partition === undefined ? record : { ...record, partition };
        });
        return store.append(await Promise.all(placed));
      },
    }),
  );
}

function forgive(code: EventyError["code"]): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof EventyError) || error.code !== code) throw error;
  };
}
