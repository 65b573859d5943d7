import type { KafkaCluster } from "../kafka/cluster.js";

/** The cluster that holds the store of a case, past all proxies. */
export interface KafkaAccess {
  /** Addresses of brokers, for clients of all kinds. */
  readonly brokers: readonly string[];
  /** The suite's own way to them. */
  readonly cluster: KafkaCluster;
}
