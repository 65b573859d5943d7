import { Kafka, type KafkaConfig, logLevel, Partitioners } from "kafkajs";

/** Clients that say nothing and try again until a broker that has just started has found itself. */
export function clientOf(brokers: readonly string[], config: Partial<KafkaConfig> = {}): Kafka {
  const retry = { retries: 50, initialRetryTime: 50, maxRetryTime: 500 };
  return new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING, retry, ...config });
}

/** Appends one record to partition 0. */
export async function write(kafka: Kafka, topic: string, value: string): Promise<void> {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  try {
    await producer.send({ topic, acks: -1, messages: [{ partition: 0, value }] });
  } finally {
    await producer.disconnect();
  }
}

/** The first records of a topic of one partition, as many as are said. */
export async function read(kafka: Kafka, topic: string, count: number): Promise<readonly string[]> {
  // It ends only when its last request has been answered.
  const consumer = kafka.consumer({ groupId: `read-${topic}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    const values: string[] = [];
    await new Promise<void>((resolve, reject) => {
      const eachMessage = async ({ message }: { message: { value: Buffer | null } }): Promise<void> => {
        values.push(String(message.value));
        if (values.length === count) resolve();
      };
      consumer.run({ eachMessage }).catch(reject);
    });
    return values;
  } finally {
    await consumer.disconnect();
  }
}

/** The id of the broker that leads partition 0, or -1. */
export async function leaderOf(kafka: Kafka, topic: string): Promise<number> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    return topics[0]?.partitions[0]?.leader ?? -1;
  } finally {
    await admin.disconnect();
  }
}
