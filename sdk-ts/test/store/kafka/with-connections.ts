import { Cluster } from "../../../src/store/kafka/client/cluster.js";
import { Connections } from "../../../src/store/kafka/client/connections.js";
import { settingsOf } from "../../../src/store/kafka/settings.js";

/** Asks brokers for what no store asks for. */
export async function withConnections<T>(
  brokers: readonly string[],
  use: (connections: Connections) => Promise<T>,
): Promise<T> {
  const cluster = new Cluster(settingsOf({ brokers }));
  const connections = new Connections(cluster);
  try {
    return await use(connections);
  } finally {
    await connections.close();
    cluster.close();
  }
}
