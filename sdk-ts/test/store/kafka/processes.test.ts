import { randomInt, randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { KafkaStore } from "../../../src/store/kafka/index.js";
import { Program } from "../../program.js";
import { count, recordsOf, textsIn } from "../records.js";
import { until } from "../until.js";
import { brokers } from "./brokers.js";

/** Short, so that a test need not wait long for a dead process to be noticed. */
const SESSION_MS = 2000;

let store: KafkaStore;
let workers: Program[];
let names: { group: string; from: string; to: string };
beforeEach(() => {
  const id = randomUUID();
  names = { group: `group-${id}`, from: `in-${id}`, to: `out-${id}` };
  store = new KafkaStore({ brokers });
  workers = [];
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.kill()));
  await store.close();
});

function start(options: object = { sessionTimeoutMs: SESSION_MS }): Program {
  const { group, from, to } = names;
  const worker = new Program(
    new URL("./worker.ts", import.meta.url),
    brokers.join(),
    group,
    from,
    to,
    JSON.stringify(options),
  );
  workers.push(worker);
  return worker;
}

async function createTopics(partitions: number): Promise<void> {
  await store.createTopic(names.from, partitions);
  await store.createTopic(names.to, partitions);
}

/** Appends more records to each partition. @returns the texts of all that a partition has */
async function feed(partitions: number, texts: readonly string[], more: number): Promise<string[]> {
  const next = count(more, `${texts.length}+`);
  for (let partition = 0; partition < partitions; partition++) {
    await store.append(recordsOf(names.from, partition, next));
  }
  return [...texts, ...next];
}

/** Waits until everything is copied, and compares it. */
async function expectCopies(partitions: number, texts: readonly string[]): Promise<void> {
  for (let partition = 0; partition < partitions; partition++) {
    await until(async () => (await textsIn(store, names.to, partition)).length >= texts.length);
  }
  for (let partition = 0; partition < partitions; partition++) {
    expect(await textsIn(store, names.to, partition)).toEqual(texts);
  }
}

/** When a worker said last that it has a claim. */
function lastClaim({ lines }: Program): number {
  return Math.max(
    0,
    ...lines.filter((line) => line.startsWith("claim")).map((line) => Number(line.split(" ")[2])),
  );
}

test("a process that is killed has its partitions taken over in time, and nothing is lost or doubled", async () => {
  await createTopics(4);
  const first = start();
  let texts = await feed(4, [], 1000);
  await first.hears("copied");
  const second = start();
  // There is always something to do, so that it dies at work.
  while (second.lines.filter((line) => line.startsWith("claim")).length < 2) texts = await feed(4, texts, 50);

  const killed = Date.now();
  await first.kill();

  texts = await feed(4, texts, 100);
  await expectCopies(4, texts);
  // It takes its session, and not until the group gives up waiting for it, which is after a minute.
  const took = lastClaim(second) - killed;
  console.log(`taken over after ${took} ms`);
  expect(took).toBeLessThan(30_000);
});

test("a process that was stopped and goes on can commit nothing that another one did", async () => {
  await createTopics(2);
  const zombie = start();
  let texts = await feed(2, [], 2000);
  await zombie.hears("copied");

  zombie.signal("SIGSTOP");
  texts = await feed(2, texts, 100);
  const before = zombie.lines.length;
  const successor = start();
  await successor.hears("claim 0");
  await successor.hears("claim 1");
  await successor.hears("copied");
  zombie.signal("SIGCONT");
  await zombie.hears("released", before);

  await expectCopies(2, texts);
});

test("a process that joins takes nothing from those that keep it", async () => {
  await createTopics(4);
  // Nobody is to be taken for dead here, however slow this machine is.
  const patient = { sessionTimeoutMs: 60_000 };
  const first = start(patient);
  for (let partition = 0; partition < 4; partition++) await first.hears(`claim ${partition}`);
  const before = first.lines.length;

  const second = start(patient);
  await until(() => second.lines.filter((line) => line.startsWith("claim")).length === 2);

  const released = first.lines.slice(before).filter((line) => line.startsWith("released"));
  expect(released).toHaveLength(2);
  expect(first.lines.filter((line) => line.startsWith("claim"))).toHaveLength(4);
});

test("a process that has closed its store has nothing left that keeps it alive", async () => {
  await createTopics(16);
  const worker = start();
  for (let partition = 0; partition < 16; partition++) await worker.hears(`claim ${partition}`);
  await worker.end();
  expect(worker.lines.at(-1)).toBe("end");
});

test("20 partitions, and three processes that join, leave and die", async () => {
  const seed = randomInt(2 ** 31);
  console.log(`seed ${seed}`);
  const random = generator(seed);
  await createTopics(20);
  let texts: string[] = [];
  for (let change = 0; change < 8; change++) {
    texts = await feed(20, texts, 100);
    const living = workers.filter((worker) => !worker.lines.includes("end"));
    const one = living[random(living.length)];
    if (living.length === 3 && one !== undefined) {
      const way = random(3);
      if (way === 0) await one.end();
      else if (way === 1) await one.kill();
      else {
        one.signal("SIGSTOP");
        const others = living.filter((other) => other !== one);
        const claims = others.map(({ lines }) => lines.length);
        texts = await feed(20, texts, 10);
        await Promise.all(others.map((other, index) => other.hears("copied", claims[index])));
        one.signal("SIGCONT");
        await one.end();
      }
      workers.splice(workers.indexOf(one), 1);
    }
    const worker = start();
    await worker.hears("claim");
  }

  await expectCopies(20, texts);
});

/** Whole numbers below a bound, the same ones for the same seed. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
