import { tmpdir } from "node:os";
import { join } from "node:path";
import { MemoryStore } from "@eventy/sdk/store/memory";
import { SqliteStore } from "@eventy/sdk/store/sqlite";
import { override } from "../kit/override.js";
import { type MutateParts, withStore } from "../kit/parts.js";
import { misprocessing, type StoreMutant } from "../kit/store-mutant.js";

/** Mutants of the memory binding. */
export const memoryMutants: readonly StoreMutant[] = [
  ...misprocessing("MEM-001", { "keeps records in a file": inFile() }, "memory"),
  ...misprocessing("MEM-002", { "forgets everything when a run has ended": forgetful() }, "memory"),
  ...misprocessing(
    "MEM-003",
    {
      "counts offsets from 1": withStore((store) =>
        override(store, {
          append: async (records) => {
            const positions = await store.append(records);
            return positions.map((one) => ({ ...one, offset: one.offset + 1 }));
          },
          read: async (place, offset, limit) => {
            const { records, next } = await store.read(place, offset, limit);
            return { records: records.map((one) => ({ ...one, offset: one.offset + 1 })), next };
          },
        }),
      ),
    },
    "memory",
  ),
];

/** All processes that one suite starts have the same file. */
function inFile(): MutateParts {
  const file = join(tmpdir(), `eventy-mutant-${process.ppid}.db`);
  return (parts) => ({ ...parts, openStore: async () => new SqliteStore(file) });
}

function forgetful(): MutateParts {
  return (parts) => ({
    ...parts,
    openStore: async () => {
      let store = new MemoryStore();
      const topics = new Map<string, number>();
      const current = (): MemoryStore => store;
      const forget = async (): Promise<void> => {
        store = new MemoryStore();
        for (const [topic, partitions] of topics) await store.createTopic(topic, partitions);
      };
      const facade = new Proxy(store, {
        get(_, name) {
          const value: unknown = Reflect.get(current(), name);
          return typeof value === "function" ? value.bind(current()) : value;
        },
      });
      const known = override(facade, {
        createTopic: (topic, partitions) => {
          topics.set(topic, partitions);
          return current().createTopic(topic, partitions);
        },
      });
      return override(known, {
        join: async (options) => {
          const member = await current().join(options);
          return override(member, {
            leave: async () => {
              await member.leave();
              await forget();
            },
          });
        },
      });
    },
  });
}
