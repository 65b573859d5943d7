import { randomUUID } from "node:crypto";
import { Kafka, logLevel } from "kafkajs";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Claim, Member } from "../../../src/store/index.js";
import { KafkaStore } from "../../../src/store/kafka/index.js";
import { transactionalIdOf } from "../../../src/store/kafka/writing/claim-fence.js";
import { TransactionalProducer } from "../../../src/store/kafka/writing/transactional-producer.js";
import { copyNext, count, recordsOf, textsIn } from "../records.js";
import { brokers } from "./brokers.js";
import { withConnections } from "./with-connections.js";

let store: KafkaStore;
let group: string;
let from: string;
let to: string;
beforeEach(async () => {
  const id = randomUUID();
  [group, from, to] = [`group-${id}`, `in-${id}`, `out-${id}`];
  store = new KafkaStore({ brokers, sessionTimeoutMs: 3000 });
  await store.createTopic(from, 1);
  await store.createTopic(to, 1);
});
afterEach(() => store.close());

async function claimOf(member: Member): Promise<Claim> {
  for await (const claim of member.claims()) return claim;
  throw new Error("The claims have ended.");
}

test("whoever is fenced by a process that has no right to it gets the partition again", async () => {
  await store.append(recordsOf(from, 0, count(3)));
  const member = await store.join({ group, topics: [from] });
  const claims = member.claims();
  const { value: claim } = await claims.next();
  await copyNext(claim, to, 1);

  await withConnections(brokers, (connections) =>
    new TransactionalProducer(connections, transactionalIdOf(group, claim), 10_000).initialise(),
  );

  await expect(copyNext(claim, to, 1)).rejects.toMatchObject({ code: "FENCED" });
  expect(claim.signal.aborted).toBe(true);
  const { value: again } = await claims.next();
  expect(again.acknowledged).toBe(1);
  await copyNext(again, to);
  expect(await textsIn(store, to)).toEqual(count(3));
});

test("a group whose offsets the cluster has forgotten goes on where the copy says", async () => {
  await store.append(recordsOf(from, 0, count(3)));
  const member = await store.join({ group, topics: [from] });
  const claim = await claimOf(member);
  const { next } = await claim.fetch({ maxRecords: 2 });
  await claim.commit({ acknowledge: next, mark: { offset: 2, until: 3, attempt: 1 } });
  const cluster = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING });
  const admin = cluster.admin();
  await admin.connect();
  // As if the process had ended, and nobody had come for a week.
  await store.close();
  await admin.deleteGroups([group]);
  await admin.disconnect();

  store = new KafkaStore({ brokers });
  expect(await store.acknowledged(group, { topic: from, partition: 0 })).toBe(next);
  const again = await claimOf(await store.join({ group, topics: [from], start: "CURRENT" }));
  expect(again.acknowledged).toBe(next);
  await copyNext(again, to);
  expect(await textsIn(store, to)).toEqual(["2"]);
});
