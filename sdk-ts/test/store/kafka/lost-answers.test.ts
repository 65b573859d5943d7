import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Cluster } from "../../../src/store/kafka/client/cluster.js";
import { Connections } from "../../../src/store/kafka/client/connections.js";
import type { KafkaBroker } from "../../../src/store/kafka/client/kafka-broker.js";
import { CursorCopies } from "../../../src/store/kafka/cursors/cursor-copies.js";
import { KafkaStore } from "../../../src/store/kafka/index.js";
import type { KafkaClaim } from "../../../src/store/kafka/kafka-claim.js";
import { Reader } from "../../../src/store/kafka/reader.js";
import { settingsOf } from "../../../src/store/kafka/settings.js";
import { takeOver } from "../../../src/store/kafka/take-over.js";
import { Topics } from "../../../src/store/kafka/topics.js";
import { copyNext, count, recordsOf, textsIn } from "../records.js";
import { brokers } from "./brokers.js";

/** Breaks the connection at a request: before the broker has it, or instead of its answer. */
type Fault = { request: keyof KafkaBroker; when: "before" | "after" };

const faults: Fault[] = [];
let store: KafkaStore;
let cluster: Cluster;
let shared: Connections;
let claim: KafkaClaim;
let to: string;

beforeEach(async () => {
  const id = randomUUID();
  const [group, from] = [`group-${id}`, `in-${id}`];
  to = `out-${id}`;
  store = new KafkaStore({ brokers });
  await store.createTopic(from, 1);
  await store.createTopic(to, 1);
  await store.append(recordsOf(from, 0, count(3)));

  const settings = settingsOf({ brokers });
  cluster = new Cluster(settings);
  const { open } = cluster;
  Object.defineProperty(cluster, "open", { value: async (address: never) => faulty(await open(address)) });
  shared = new Connections(cluster);
  const topics = new Topics(shared);
  const reader = new Reader(shared);
  const host = { settings, cluster, topics, reader, copies: new CursorCopies(topics, reader) };
  const always = async (): Promise<void> => undefined;
  const given = new AbortController().signal;
  claim = await takeOver(host, { group, topics: [from] }, { topic: from, partition: 0 }, always, given);
});
afterEach(async () => {
  faults.length = 0;
  await claim.release();
  await shared.close();
  cluster.close();
  await store.close();
});

function faulty(broker: KafkaBroker): KafkaBroker {
  return new Proxy(broker, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return async (...args: unknown[]) => {
        const fault = faults[0]?.request === name ? faults.shift() : undefined;
        if (fault?.when !== "before") {
          const answer: unknown = await Reflect.apply(value, target, args);
          if (fault === undefined) return answer;
        }
        const error = new Error("The connection broke.");
        for (const { socket } of target.connectionPool.pool) socket?.destroy(error);
        throw Object.assign(error, { name: "KafkaJSConnectionClosedError" });
      };
    },
  });
}

test("a commit whose answer got lost is found out, and happens once", async () => {
  faults.push({ request: "endTxn", when: "after" });
  await copyNext(claim, to, 2);
  expect(claim.acknowledged).toBe(2);
  expect(await textsIn(store, to)).toEqual(["0", "1"]);
  await copyNext(claim, to);
  expect(await textsIn(store, to)).toEqual(["0", "1", "2"]);
});

test("a commit that got lost itself is found out, and may be tried again", async () => {
  faults.push({ request: "endTxn", when: "before" });
  await expect(copyNext(claim, to, 2)).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
  expect(claim.acknowledged).toBe(0);
  claim.rewind();
  await copyNext(claim, to);
  expect(await textsIn(store, to)).toEqual(["0", "1", "2"]);
});

test.each(["addPartitionsToTxn", "addOffsetsToTxn", "txnOffsetCommit"] as const)(
  "where the connection breaks at %s, nothing is there, and it may be tried again",
  async (request) => {
    for (const when of ["before", "after"] as const) {
      faults.push({ request, when });
      await expect(copyNext(claim, to, 1)).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
      claim.rewind();
    }
    await copyNext(claim, to);
    expect(await textsIn(store, to)).toEqual(["0", "1", "2"]);
  },
);

test("what the claim appends without an answer is unknown", async () => {
  faults.push({ request: "endTxn", when: "after" });
  await expect(claim.append(recordsOf(to, 0, ["x"]))).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN" });
  await copyNext(claim, to);
  expect(await textsIn(store, to)).toEqual(["x", "0", "1", "2"]);
});

test("where it is lost before anything is appended, nothing is unknown", async () => {
  faults.push(
    { request: "addPartitionsToTxn", when: "before" },
    { request: "initProducerId", when: "after" },
  );
  for (let time = 1; time <= 2; time++) {
    await expect(claim.append(recordsOf(to, 0, ["x"]))).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
  }
  await claim.append(recordsOf(to, 0, ["x"]));
  expect(await textsIn(store, to)).toEqual(["x"]);
});

test("an initialisation whose answer got lost is asked for again", async () => {
  faults.push({ request: "endTxn", when: "after" }, { request: "initProducerId", when: "after" });
  await copyNext(claim, to, 2);
  expect(claim.acknowledged).toBe(2);
  expect(await textsIn(store, to)).toEqual(["0", "1"]);
});
