import type { TopicPartition } from "../../../src/store/index.js";
import { brokers } from "./brokers.js";
import { withConnections } from "./with-connections.js";

/** Removes the records of a partition before an offset, as retention does. */
export async function deleteRecords({ topic, partition }: TopicPartition, offset: number): Promise<void> {
  const topics = [{ topic, partitions: [{ partition, offset: `${offset}` }] }];
  await withConnections(brokers, (connections) =>
    connections.toLeader({ topic, partition }, (broker) => broker.deleteRecords({ topics })),
  );
}
