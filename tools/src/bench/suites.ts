import type { Suite } from "./suite.js";

/** A suite by its name. */
export type SuiteName = "json" | "avro" | "protobuf" | "context";

/** Each suite is loaded only when it is asked for: what one sets up shall not weigh on another. */
const suites: Readonly<Record<SuiteName, () => Promise<Suite>>> = {
  json: async () => (await import("./json.js")).jsonSuite(),
  avro: async () => (await import("./avro.js")).avroSuite(),
  protobuf: async () => (await import("./protobuf.js")).protobufSuite(),
  context: async () => (await import("./context.js")).contextSuite(),
};

/** The names of all suites, in the order in which they run. */
export const suiteNames: readonly SuiteName[] = Object.keys(suites) as SuiteName[];

/** Sets a suite up. */
export function openSuite(name: SuiteName): Promise<Suite> {
  return suites[name]();
}
