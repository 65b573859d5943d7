import { type Kafka, Partitioners, type Producer, type Transaction } from "kafkajs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Rig } from "../../../src/bindings/kafka/rig.js";
import { NotFired } from "../../../src/cases/failure.js";
import type { FaultPlan } from "../../../src/faults/faults.js";
import { KafkaOracle } from "../../../src/oracle/store/kafka.js";
import { createTopics } from "../../servers/kafka/create-topics.js";
import { clientOf } from "../../servers/kafka/records.js";

let rig: Rig;
let oracle: KafkaOracle;
let kafka: Kafka;
const producers: Producer[] = [];

beforeAll(async () => {
  rig = await Rig.start(1);
  oracle = new KafkaOracle(rig.cluster, (act) => act());
});

afterAll(() => rig.stop());

beforeEach(async () => {
  kafka = clientOf([rig.proxied]);
  await createTopics(kafka, rig.cluster, { t: 1 });
});

afterEach(async () => {
  await Promise.all(producers.splice(0).map((client) => client.disconnect()));
  await rig.reset();
});

/** A transaction of one record and the offset of a group. */
async function begun(): Promise<Transaction> {
  const producer = kafka.producer({
    transactionalId: "x",
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  producers.push(producer);
  await producer.connect();
  const transaction = await producer.transaction();
  await transaction.send({ topic: "t", messages: [{ value: "a" }] });
  const topics = [{ topic: "t", partitions: [{ partition: 0, offset: "1" }] }];
  await transaction.sendOffsets({ consumerGroupId: "g", topics });
  return transaction;
}

async function seen(): Promise<readonly [records: number, cursor: number | null]> {
  return [(await oracle.records("t")).length, await oracle.acknowledged("g", "t", 0)];
}

function commit(changes: Partial<FaultPlan>): FaultPlan {
  return { kinds: ["commit"], nth: 1, moment: "before", action: "hold", ...changes };
}

describe("the proxy before a broker", () => {
  it("passes everything on and knows what it is", async () => {
    await (await begun()).commit();
    expect(await seen()).toEqual([1, 1]);
    const { proxy } = rig;
    expect(
      ["commit", "EndTxn", "TxnOffsetCommit", "OffsetCommit"].map((kind) => proxy.count(kind as "commit")),
    ).toEqual([1, 1, 1, 0]);
    const produce = proxy.requests.find(({ kinds }) => kinds.includes("Produce"));
    expect(produce).toMatchObject({ transactionalId: "x", acks: -1, topics: ["t"], broker: 0 });
    const offsets = proxy.requests.find(({ kinds }) => kinds.includes("AddOffsetsToTxn"));
    expect(offsets?.group).toBe("g");
  });

  it.each(["before", "after"] as const)(
    "holds a connection %s a commit until it may go on",
    async (moment) => {
      const transaction = await begun();
      const fault = rig.proxy.arm(commit({ moment }));
      const done = transaction.commit();
      await fault.fired(done);
      expect(await seen()).toEqual(moment === "after" ? [1, 1] : [0, null]);
      fault.proceed();
      await done;
      expect(await seen()).toEqual([1, 1]);
    },
  );

  it.each(["before", "after"] as const)("cuts a connection %s a commit", async (moment) => {
    const transaction = await begun();
    const fault = rig.proxy.arm(commit({ moment }));
    const done = transaction.commit();
    await fault.fired(done);
    fault.cut();
    await expect(done).rejects.toThrow();
    expect(await seen()).toEqual(moment === "after" ? [1, 1] : [0, null]);
  });

  it("strikes only what is meant", async () => {
    const where = ({ transactionalId }: { readonly transactionalId?: string | null }) =>
      transactionalId === "y";
    const fault = rig.proxy.arm(commit({ where }));
    const done = (await begun()).commit();
    await expect(fault.fired(done)).rejects.toThrow(NotFired);
    await done;
  });

  it("refuses connections as long as it is told to", async () => {
    rig.proxy.refuse(true);
    const client = clientOf([rig.proxied], { retry: { retries: 0 } }).admin();
    await expect(client.connect()).rejects.toThrow();
    expect(rig.proxy.refused).toBeGreaterThan(0);
    rig.proxy.refuse(false);
    await client.connect();
    await client.disconnect();
  });

  it("passes requests on late and in their order", async () => {
    const way = rig.proxy.way(0);
    const client = clientOf([rig.proxied]).admin();
    await client.connect();
    way.slow(200);
    const began = performance.now();
    const topics = await client.listTopics();
    expect(topics).toContain("t");
    expect(performance.now() - began).toBeGreaterThan(190);
    way.slow(0);
    expect(await client.listTopics()).toContain("t");
    await client.disconnect();
  });
});
