import { KafkaCluster } from "../../kafka/cluster.js";
import { describeGroup } from "../../kafka/groups.js";
import { initProducerId } from "../../kafka/transactions.js";

/** So many that there is one for each partition of the topics in which groups and transactions are kept. */
const IDS = ["eventy-ready-0", "eventy-ready-1", "eventy-ready-2", "eventy-ready-3"];

/**
 * Waits until a new cluster has made the topics in which it keeps groups and transactions, and answers questions
 * about these. It makes them when it is first asked.
 */
export async function awaitCoordinators(brokers: readonly string[]): Promise<void> {
  const cluster = new KafkaCluster(brokers);
  try {
    await Promise.all(
      IDS.flatMap((id): Promise<unknown>[] => [
        cluster.coordinator("group", id, describeGroup(id)),
        cluster.coordinator("transaction", id, initProducerId(id)),
      ]),
    );
  } finally {
    await cluster.close();
  }
}
