import { Kafka, logLevel, Partitioners, type Producer } from "kafkajs";

/** kafkajs as all of the bench uses it. */
export function kafkaClient(brokers: readonly string[]): Kafka {
  return new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING });
}

/**
 * A producer for transactions, which it repeats soon: with the waits that are the default, each transaction waits 300 ms
 * for the one before.
 */
export function transactionalProducer(kafka: Kafka, transactionalId: string): Producer {
  return kafka.producer({
    transactionalId,
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: Partitioners.DefaultPartitioner,
    retry: { initialRetryTime: 5, factor: 0.2, multiplier: 1.5, maxRetryTime: 300, retries: 30 },
  });
}
