import { Kafka, logLevel } from "kafkajs";

const CONNECT_MS = 2_000;
const ANSWER_MS = 5_000;

/** The ids of the brokers that one of them says take part in the cluster; none if it does not answer. */
export async function membersOf(address: string): Promise<readonly number[]> {
  const admin = new Kafka({
    brokers: [address],
    logLevel: logLevel.NOTHING,
    connectionTimeout: CONNECT_MS,
    requestTimeout: ANSWER_MS,
    retry: { retries: 0 },
  }).admin();
  try {
    await admin.connect();
    return (await admin.describeCluster()).brokers.map(({ nodeId }) => nodeId);
  } catch {
    return [];
  } finally {
    await admin.disconnect();
  }
}
