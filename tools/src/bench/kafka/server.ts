import { KAFKA_VARIABLE } from "@eventy/conformance/dist/src/servers/kafka/problem.js";
import { startKafka } from "@eventy/conformance/dist/src/servers/kafka/start.js";

/** The brokers of a run. */
export interface BenchBrokers {
  readonly addresses: readonly string[];
  /** The processes of them, where they run for this alone. */
  readonly pids: readonly number[];
  readonly stop: () => Promise<void>;
}

/** As a broker runs elsewhere: with all that the compiler can do, and no other collector than by default. */
const java = ["-Xmx512m", "-XX:TieredStopAtLevel=4", "-XX:-UseSerialGC", "-XX:+UseG1GC"];

/** The cluster that EVENTY_KAFKA_BROKERS names; without it, one broker that is started for the run. */
export async function benchBrokers(): Promise<BenchBrokers> {
  const addresses = process.env[KAFKA_VARIABLE];
  if (addresses !== undefined && addresses !== "") {
    return { addresses: addresses.split(","), pids: [], stop: async () => {} };
  }
  const server = await startKafka({ java });
  const pids = server.nodes.flatMap(({ pid }) => pid ?? []);
  return { addresses: server.brokers, pids, stop: () => server.stop() };
}
