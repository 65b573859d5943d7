import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { brokers } from "../../store/kafka/brokers.js";
import { outputOf } from "../recipe.js";

it("move to Kafka: what waited on the file is handled on the cluster, and nothing twice", async () => {
  const folder = mkdtempSync(join(tmpdir(), "eventy-move-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));

  const lines = await outputOf("move-to-kafka/move-to-kafka.ts", join(folder, "till.db"), brokers.join(","));

  expect(lines).toEqual(["moved", "150 of 150 bills are paid once"]);
});
