import type { Suite, SuiteOptions } from "./suite.js";

/** A suite by its name. */
export type SuiteName = "json" | "avro" | "protobuf" | "context" | "sqlite" | "postgresql" | "kafka";

/** Each suite is loaded only when it is asked for: what one sets up shall not weigh on another. */
const suites: Readonly<Record<SuiteName, (options: SuiteOptions) => Promise<Suite>>> = {
  json: async () => (await import("./json.js")).jsonSuite(),
  avro: async () => (await import("./avro.js")).avroSuite(),
  protobuf: async () => (await import("./protobuf.js")).protobufSuite(),
  context: async () => (await import("./context.js")).contextSuite(),
  sqlite: async (options) => (await import("./sqlite/suite.js")).sqliteSuite(options),
  postgresql: async (options) => (await import("./postgresql/suite.js")).postgresqlSuite(options),
  kafka: async (options) => (await import("./kafka/suite.js")).kafkaSuite(options),
};

/** The names of all suites, in the order in which they run. */
export const suiteNames: readonly SuiteName[] = Object.keys(suites) as SuiteName[];

/** The suites that need neither disk nor server. */
export const codecSuiteNames: readonly SuiteName[] = ["json", "avro", "protobuf", "context"];

/** Sets a suite up. */
export function openSuite(name: SuiteName, options: SuiteOptions): Promise<Suite> {
  return suites[name](options);
}
