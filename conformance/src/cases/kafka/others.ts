import { CompressionTypes, Kafka, logLevel, type Message, Partitioners, type Producer } from "kafkajs";
import { initProducerId } from "../../kafka/transactions.js";
import type { BoundContext } from "../case.js";

/** A record that another client writes. Headers of one name may be several. */
export interface OtherRecord {
  readonly key?: Buffer | string | null;
  readonly value: Buffer | string | null;
  readonly headers?: Readonly<Record<string, string | string[]>>;
}

/** Another client of the cluster, which knows nothing of this protocol. */
export interface OtherClient {
  /** Appends records to partition 0 of a topic, or to another one. */
  append(topic: string, records: readonly OtherRecord[], partition?: number): Promise<void>;
  /** The same, compressed by gzip. */
  appendCompressed(topic: string, records: readonly OtherRecord[]): Promise<void>;
  /** Appends records in a transaction, which is ended when `meanwhile` is, by a commit or not. */
  transaction(
    commits: boolean,
    places: readonly (readonly [topic: string, partition: number, record: OtherRecord])[],
    meanwhile?: () => Promise<void>,
  ): Promise<void>;
  /** Appends a record in a transaction, which another process ends that takes this client for dead. */
  leave(topic: string, record: OtherRecord): Promise<void>;
}

const TRANSACTIONAL_ID = "another-client";

/** Works with another client, which ends afterwards. */
export async function asOther(
  { kafka, oracle }: BoundContext,
  work: (other: OtherClient) => Promise<void>,
): Promise<void> {
  const client = new Kafka({ brokers: [...kafka.brokers], logLevel: logLevel.NOTHING });
  const createPartitioner = Partitioners.DefaultPartitioner;
  const plain = client.producer({ createPartitioner });
  const transactional = client.producer({
    createPartitioner,
    transactionalId: TRANSACTIONAL_ID,
    maxInFlightRequests: 1,
    idempotent: true,
  });
  const producers: readonly Producer[] = [plain, transactional];
  const send = async (topic: string, records: readonly OtherRecord[], partition: number, compression = 0) => {
    await plain.send({ topic, compression, messages: records.map((one) => messageOf(one, partition)) });
  };
  try {
    await Promise.all(producers.map((producer) => producer.connect()));
    await work({
      append: (topic, records, partition = 0) => send(topic, records, partition),
      appendCompressed: (topic, records) => send(topic, records, 0, CompressionTypes.GZIP),
      async transaction(commits, places, meanwhile = async () => {}) {
        const transaction = await transactional.transaction();
        for (const [topic, partition, record] of places)
          await transaction.send({ topic, messages: [messageOf(record, partition)] });
        await meanwhile();
        await (commits ? transaction.commit() : transaction.abort());
        // That is answered before it can be seen everywhere, which the oracle waits for.
        await oracle.records(places[0]?.[0] ?? "");
      },
      async leave(topic, record) {
        const transaction = await transactional.transaction();
        await transaction.send({ topic, messages: [messageOf(record, 0)] });
        await kafka.cluster.coordinator("transaction", TRANSACTIONAL_ID, initProducerId(TRANSACTIONAL_ID));
      },
    });
  } finally {
    await Promise.all(producers.map((producer) => producer.disconnect()));
  }
}

function messageOf({ key = null, value, headers = {} }: OtherRecord, partition: number): Message {
  return { key, value, partition, headers };
}
