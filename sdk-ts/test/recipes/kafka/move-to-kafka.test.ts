import { expect, it } from "vitest";
import { brokers } from "../../store/kafka/brokers.js";
import { temporaryFolder } from "../../temporary-folder.js";
import { outputOf } from "../recipe.js";

const folder = temporaryFolder();

it("move to Kafka: what waited on the file is handled on the cluster, and nothing twice", async () => {
  const lines = await outputOf("move-to-kafka/move-to-kafka.ts", folder.path("till.db"), brokers.join(","));

  expect(lines).toEqual(["moved", "150 of 150 bills are paid once"]);
});
