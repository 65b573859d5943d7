import { afterAll, beforeAll, expect, test } from "vitest";
import type { KafkaServer } from "../../../src/servers/kafka/server.js";
import { startKafka } from "../../../src/servers/kafka/start.js";
import { clientOf, read, write } from "./records.js";

let server: KafkaServer;
beforeAll(async () => {
  server = await startKafka();
});
afterAll(() => server.stop());

test("what was written survives kill and restart", async () => {
  await write(clientOf(server.brokers), "kept", "first");

  await server.kill();
  await expect(write(clientOf(server.brokers, { retry: { retries: 0 } }), "kept", "lost")).rejects.toThrow(
    "ECONNREFUSED",
  );
  await server.restart();

  expect(await read(clientOf(server.brokers), "kept", 1)).toEqual(["first"]);
});

test("two at once do not share anything", async () => {
  const other = await startKafka();
  try {
    await write(clientOf(other.brokers), "elsewhere", "first");
    expect(await topicsOf(server)).not.toContain("elsewhere");
  } finally {
    await other.stop();
  }
});

test("a setting that Kafka refuses: the error has the log", async () => {
  await expect(startKafka({ settings: { "num.io.threads": "many" } })).rejects.toThrow("num.io.threads");
});

async function topicsOf({ brokers }: KafkaServer): Promise<readonly string[]> {
  const admin = clientOf(brokers).admin();
  await admin.connect();
  try {
    return await admin.listTopics();
  } finally {
    await admin.disconnect();
  }
}
