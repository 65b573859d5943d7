import { describe, test } from "vitest";
import { KafkaStore } from "../../../src/store/kafka/index.js";
import { storeContract } from "../../../src/testing/index.js";
import { brokers } from "./brokers.js";
import { deleteRecords } from "./delete-records.js";
import { expelMembers } from "./expel.js";

describe("KafkaStore", () => {
  const checks = storeContract({
    open: async () => new KafkaStore({ brokers }),
    shared: true,
    gapless: false,
    deleteBefore: async (_, partition, offset) => deleteRecords(partition, offset),
    expel: async (_, { group }) => expelMembers(brokers, group),
  });
  test.each(checks.map(({ name, run }) => [name, run] as const))("%s", (_, run) => run());
});
