import { describe, test } from "vitest";
import { MemoryStore } from "../../../src/store/memory/index.js";
import { storeContract } from "../../../src/testing/index.js";

describe("MemoryStore", () => {
  const checks = storeContract({
    open: async () => new MemoryStore(),
    durable: false,
    expel: async (store, claim) => (store as MemoryStore).expel(claim),
    deleteBefore: async (store, partition, offset) => (store as MemoryStore).deleteBefore(partition, offset),
  });
  test.each(checks.map(({ name, run }) => [name, run] as const))("%s", (_, run) => run());
});
