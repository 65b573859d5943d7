import { afterAll, beforeAll, expect, test } from "vitest";
import { EventyError } from "../../../src/record/index.js";
import type { Position } from "../../../src/store/index.js";
import { KafkaStore } from "../../../src/store/kafka/index.js";
import { count, recordsOf, textsIn } from "../records.js";
import { until } from "../until.js";
import { type OwnKafka, startKafka } from "./own-server.js";

let server: OwnKafka;
let store: KafkaStore;
beforeAll(async () => {
  server = await startKafka({ brokers: 3 });
  store = new KafkaStore({ brokers: server.brokers, requestTimeoutMs: 5000, connectionTimeoutMs: 2000 });
});
afterAll(async () => {
  await store.close();
  await server.stop();
});

/** Appends a record, again and again until it is certain that it is there. @returns how often it may be there */
async function appendSurely(topic: string, text: string): Promise<number> {
  for (let times = 1; ; ) {
    try {
      await store.append(recordsOf(topic, 0, [text]));
      return times;
    } catch (error) {
      const { code } = EventyError.from(error, "STORE_FAILED");
      expect(["STORE_UNAVAILABLE", "OUTCOME_UNKNOWN"]).toContain(code);
      if (code === "OUTCOME_UNKNOWN") times++;
    }
  }
}

test("whichever broker is lost, records are written and read", async () => {
  await store.createTopic("lost", 1);
  let most = 0;
  const texts: string[] = [];
  for (const broker of [0, 1, 2]) {
    texts.push(`before ${broker}`, `while ${broker} is gone`);
    most += await appendSurely("lost", `before ${broker}`);
    await server.kill(broker);
    most += await appendSurely("lost", `while ${broker} is gone`);
    expect([...new Set(await surely(() => textsIn(store, "lost")))]).toEqual(texts);
    await server.restart(broker);
  }
  expect((await surely(() => textsIn(store, "lost"))).length).toBeLessThanOrEqual(most);
});

test("a transaction over many partitions is there on all brokers", async () => {
  await store.createTopic("many", 12);
  const records = Array.from({ length: 12 }, (_, partition) =>
    recordsOf("many", partition, count(50)),
  ).flat();
  const positions: readonly Position[] = await surely(() => store.append(records));
  for (const [index, { partition, offset }] of positions.entries()) {
    expect([partition, offset]).toEqual([Math.floor(index / 50), index % 50]);
  }
  for (let partition = 0; partition < 12; partition++) {
    expect(await textsIn(store, "many", partition)).toEqual(count(50));
  }
});

test("a cluster that was gone is used again, by the same store", async () => {
  await store.createTopic("gone", 1);
  await store.append(recordsOf("gone", 0, ["a"]));
  await server.kill();
  await expect(store.append(recordsOf("gone", 0, ["b"]))).rejects.toMatchObject({
    code: expect.stringMatching(/^(STORE_UNAVAILABLE|OUTCOME_UNKNOWN)$/),
  });
  await expect(store.bounds({ topic: "gone", partition: 0 })).rejects.toMatchObject({
    code: "STORE_UNAVAILABLE",
  });
  await server.restart();
  await appendSurely("gone", "c");
  expect(await surely(() => textsIn(store, "gone"))).toEqual(["a", "c"]);
});

/** What a job gives once the cluster is there again. */
async function surely<T>(job: () => Promise<T>): Promise<T> {
  let result: { readonly value: T } | undefined;
  await until(async () => {
    try {
      result = { value: await job() };
    } catch (error) {
      expect(error).toMatchObject({ code: "STORE_UNAVAILABLE" });
    }
    return result !== undefined;
  });
  return (result as { readonly value: T }).value;
}
