import { randomInt, randomUUID } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { App } from "../../../src/processing/index.js";
import { KafkaStore } from "../../../src/store/kafka/index.js";
import { dataIn } from "../../processing/read-all.js";
import { Program } from "../../program.js";
import { until } from "../until.js";
import { brokers } from "./brokers.js";
import { serviceOf } from "./counting.js";

const KEYS = 20;
const ROUNDS = 3;
const PER_ROUND = 200;

const workers: Program[] = [];
const stopped: Program[] = [];
afterEach(async () => {
  await Promise.all([...workers.splice(0), ...stopped.splice(0)].map((worker) => worker.kill()));
});

function linesOf(some: readonly Program[]): number {
  return some.reduce((sum, { lines }) => sum + lines.length, 0);
}

function handles({ lines }: Program, from = 0): boolean {
  return lines.slice(from).some((line) => line.startsWith("handled"));
}

test("processes of an App that are killed, stopped and continued handle everything exactly once", async () => {
  const id = randomUUID();
  const [source, counter] = [serviceOf("source", id), serviceOf("counter", id)];
  const store = new KafkaStore({ brokers });
  const client = new App({ service: source, store, handlers: [], createTopics: { partitions: 8 } });
  const start = (): void => {
    workers.push(new Program(new URL("./app-worker.ts", import.meta.url), brokers.join(), id));
  };
  let emitted = 0;
  const emit = async (count: number): Promise<void> => {
    const drafts = Array.from({ length: count }, (_, index) => {
      const n = emitted + index;
      return source.event("Tick", { data: { n }, partitionKey: `${n % KEYS}` });
    });
    await client.emit(...drafts);
    emitted += count;
  };
  await emit(PER_ROUND);
  for (let index = 0; index < 2; index++) start();

  /** There is always something to do, so that it dies at work, and others work on. */
  const emitUntil = async (condition: () => boolean): Promise<void> => {
    for (const begin = emitted; emitted === begin || !condition(); ) {
      const lines = linesOf(workers);
      await emit(20);
      await until(() => condition() || linesOf(workers) > lines);
    }
  };

  for (let round = 0; round < ROUNDS; round++) {
    const [one] = workers.slice(randomInt(workers.length));
    if (one === undefined) break;
    await emitUntil(() => handles(one));
    workers.splice(workers.indexOf(one), 1);
    if (round % 3 === 2) await one.end();
    else if (round % 3 === 1) await one.kill();
    else {
      stopped.push(one);
      one.signal("SIGSTOP");
      const before = workers.map(({ lines }) => lines.length);
      await emitUntil(() => workers.every((other, index) => handles(other, before[index])));
      one.signal("SIGCONT");
      await one.end();
      stopped.length = 0;
    }
    start();
  }

  const outputs = async () => (await dataIn(store, counter.topics.events)) as { n: number; count: number }[];
  await until(async () => (await outputs()).length >= emitted);
  const numbers = (await outputs()).map(({ n, count }) => [Number(n), Number(count)] as const);
  expect(numbers.map(([n]) => n).sort((a, b) => a - b)).toEqual(Array.from({ length: emitted }, (_, n) => n));
  // The state of a key counts its records, in their order.
  for (const [n, count] of numbers) expect([n, count]).toEqual([n, Math.floor(n / KEYS) + 1]);
  await store.close();
}, 300_000);
