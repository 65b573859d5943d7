/** The brokers of the cluster for tests. */
export const brokers: readonly string[] = (process.env["EVENTY_KAFKA_BROKERS"] ?? "").split(",");
