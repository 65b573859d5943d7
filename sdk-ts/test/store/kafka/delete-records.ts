import type { TopicPartition } from "../../../src/store/index.js";
import { Cluster } from "../../../src/store/kafka/client/cluster.js";
import { Connections } from "../../../src/store/kafka/client/connections.js";
import { settingsOf } from "../../../src/store/kafka/settings.js";
import { brokers } from "./brokers.js";

/** Removes the records of a partition before an offset, as retention does. */
export async function deleteRecords({ topic, partition }: TopicPartition, offset: number): Promise<void> {
  const cluster = new Cluster(settingsOf({ brokers }));
  const connections = new Connections(cluster);
  const topics = [{ topic, partitions: [{ partition, offset: `${offset}` }] }];
  try {
    await connections.toLeader({ topic, partition }, (broker) => broker.deleteRecords({ topics }));
  } finally {
    await connections.close();
    cluster.close();
  }
}
