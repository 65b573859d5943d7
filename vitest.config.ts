import { configDefaults, defineConfig } from "vitest/config";
import { kafkaLack } from "./conformance/src/servers/kafka/problem.js";

const workspaces = ["sdk-ts", "conformance", "tools"];
/** Tests that need a PostgreSQL server, which `EVENTY_POSTGRES_URL` names, lie in folders of this name. */
const onPostgresql = "**/postgresql/**";
/** Tests that need a Kafka cluster, whose brokers `EVENTY_KAFKA_BROKERS` names, lie in folders of this name. */
const onKafka = "**/kafka/**";

/** A machine without Java still runs the other tests. */
const lack = kafkaLack();
// This file is read for each project; one of them says it.
if (lack !== undefined && process.env["EVENTY_KAFKA_LACK"] !== lack) {
  process.env["EVENTY_KAFKA_LACK"] = lack;
  console.error(`\nTests on Kafka are SKIPPED: ${lack}\n`);
}

export default defineConfig({
  test: {
    // A time-out is for what hangs, not for what is slow: a busy machine must not fail a test.
    testTimeout: 120_000,
    hookTimeout: 300_000,
    // Programs that tests start print no colours, wherever they run: some libraries colour whatever CI sees.
    env: { NO_COLOR: "1" },
    projects: [
      ...workspaces.map((name) => ({
        extends: true as const,
        test: {
          name,
          root: name,
          include: ["test/**/*.test.ts"],
          exclude: [...configDefaults.exclude, onPostgresql, onKafka],
        },
      })),
      {
        extends: true as const,
        test: {
          name: "postgresql",
          include: workspaces.map((name) => `${name}/test/${onPostgresql}/*.test.ts`),
          globalSetup: "conformance/test/servers/provide-postgresql.ts",
        },
      },
      {
        extends: true as const,
        test: {
          name: "kafka",
          include: lack === undefined ? workspaces.map((name) => `${name}/test/${onKafka}/*.test.ts`) : [],
          globalSetup: "conformance/test/servers/provide-kafka.ts",
        },
      },
    ],
  },
});
