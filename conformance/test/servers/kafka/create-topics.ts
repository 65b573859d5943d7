import type { Kafka } from "kafkajs";
import type { KafkaCluster } from "../../../src/kafka/cluster.js";

/** Creates topics with their numbers of partitions, and waits until somebody leads each of these. */
export async function createTopics(
  kafka: Kafka,
  cluster: KafkaCluster,
  topics: { readonly [topic: string]: number },
): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const wanted = Object.entries(topics).map(([topic, numPartitions]) => ({ topic, numPartitions }));
    await admin.createTopics({ topics: wanted, waitForLeaders: false });
  } finally {
    await admin.disconnect();
  }
  for (const [topic, partitions] of Object.entries(topics)) {
    for (let partition = 0; partition < partitions; partition++) {
      while ((await cluster.leaderOf({ topic, partition })) === undefined) cluster.forget();
    }
  }
}
