import { expect, test } from "vitest";
import { Append } from "../../../../src/store/kafka/append.js";
import type { Connections } from "../../../../src/store/kafka/client/connections.js";
import type { KafkaBroker } from "../../../../src/store/kafka/client/kafka-broker.js";
import { requestError } from "../../../../src/store/kafka/errors.js";
import type { Topics } from "../../../../src/store/kafka/topics.js";
import { TransactionalProducer } from "../../../../src/store/kafka/writing/transactional-producer.js";

const settings = { requestTimeoutMs: 50, transactionTimeoutMs: 1000 };

/** A coordinator of transactions that answers as it is told. */
function answering(broker: Partial<KafkaBroker>): Connections {
  const connections: Pick<Connections, "toCoordinator"> & { cluster: object } = {
    cluster: { settings },
    async toCoordinator(_, __, request) {
      try {
        return await request(broker as KafkaBroker);
      } catch (error) {
        throw requestError(error, "The coordinator");
      }
    },
  };
  return connections as Connections;
}

function refuse(type: string): Promise<never> {
  return Promise.reject(Object.assign(new Error(type), { type }));
}

test("a transaction before that is not settled for long makes the store unavailable", async () => {
  const connections = answering({ initProducerId: () => refuse("CONCURRENT_TRANSACTIONS") });
  const producer = new TransactionalProducer(connections, "id", settings.transactionTimeoutMs);
  await expect(producer.initialise()).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
});

test("an append whose transaction cannot be settled holds up none that come behind it", async () => {
  const begun: string[] = [];
  const connections = answering({
    initProducerId: async ({ transactionalId }) =>
      begun.includes(transactionalId ?? "")
        ? refuse("CONCURRENT_TRANSACTIONS")
        : { producerId: "1", producerEpoch: 0 },
    addPartitionsToTxn: ({ transactionalId }) => {
      begun.push(transactionalId);
      return refuse(begun.length === 1 ? "NOT_ENOUGH_REPLICAS" : "TOPIC_AUTHORIZATION_FAILED");
    },
    endTxn: async () => undefined,
  });
  const records = [0, 1].map((partition) => ({ topic: "t", partition, key: null, value: null, headers: {} }));
  const append = new Append(connections, { place: async () => records } as unknown as Topics);
  // It is asked again, and comes to the second answer, with another id.
  await expect(append.run(records)).rejects.toMatchObject({ code: "STORE_FAILED" });
  expect(new Set(begun).size).toBe(2);
});
