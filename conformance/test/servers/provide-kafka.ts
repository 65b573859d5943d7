import { KAFKA_VARIABLE } from "../../src/servers/kafka/problem.js";
import type { KafkaServer } from "../../src/servers/kafka/server.js";
import { startKafka } from "../../src/servers/kafka/start.js";

let server: KafkaServer | undefined;

/** Starts one cluster for a run of tests, unless `EVENTY_KAFKA_BROKERS` names one. */
export async function setup(): Promise<void> {
  if (process.env[KAFKA_VARIABLE]) return;
  server = await startKafka();
  process.env[KAFKA_VARIABLE] = server.brokers.join(",");
}

export async function teardown(): Promise<void> {
  await server?.stop();
}
