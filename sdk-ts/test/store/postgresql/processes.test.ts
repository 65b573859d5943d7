import { randomInt } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PostgresqlStore } from "../../../src/store/postgresql/index.js";
import { Program } from "../../program.js";
import { count, gaplessTextsIn, recordsOf } from "../records.js";
import { until } from "../until.js";
import { createDatabase, type TestDatabase } from "./database.js";

/** Short, so that a test need not wait long for a dead process to be noticed. */
const options = JSON.stringify({ leaseMs: 1000 });

let database: TestDatabase;
let store: PostgresqlStore;
let workers: Program[];
beforeEach(async () => {
  database = await createDatabase();
  store = new PostgresqlStore({ connectionString: database.url });
  workers = [];
});
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.kill()));
  await store.close();
  await database.end();
});

function start(...args: readonly string[]): Program {
  const worker = new Program(
    new URL("./worker.ts", import.meta.url),
    database.url,
    "group",
    "in",
    "out",
    ...(args.length > 0 ? args : [options]),
  );
  workers.push(worker);
  return worker;
}

async function createTopics(partitions: number): Promise<void> {
  await store.createTopic("in", partitions);
  await store.createTopic("out", partitions);
}

/** Appends more records to each partition. @returns the texts of all that a partition has */
async function feed(partitions: number, texts: readonly string[], more: number): Promise<string[]> {
  const next = count(more, `${texts.length}+`);
  for (let partition = 0; partition < partitions; partition++) {
    await store.append(recordsOf("in", partition, next));
  }
  return [...texts, ...next];
}

/** Waits until that many records were copied in all, and compares them. */
async function expectCopies(partitions: number, texts: readonly string[]): Promise<void> {
  await until(async () => {
    const [row] = await database.query<{ records: string }>(
      "SELECT sum(end_offset) AS records FROM eventy_head JOIN eventy_topic USING (topic_id) WHERE name = 'out'",
    );
    return Number(row?.records) === partitions * texts.length;
  });
  for (let partition = 0; partition < partitions; partition++) {
    expect(await gaplessTextsIn(store, "out", partition)).toEqual(texts);
  }
}

test("a process that is killed has its partitions taken over, and nothing is lost or doubled", async () => {
  await createTopics(4);
  const first = start();
  let texts = await feed(4, [], 1000);
  await first.hears("copied");
  const second = start();
  // There is always something to do, so that it dies at work.
  while (!second.lines.some((line) => line.startsWith("claim"))) texts = await feed(4, texts, 100);

  await first.kill();

  texts = await feed(4, texts, 100);
  await expectCopies(4, texts);
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

test("a process that was stopped in a transaction does not hold up who takes over", async () => {
  await createTopics(1);
  await store.append(recordsOf("in", 0, ["a"]));
  // The server would end its transaction after hours.
  const zombie = start(JSON.stringify({ leaseMs: 20_000_000 }), "hold");
  await zombie.hears("holds");
  zombie.signal("SIGSTOP");
  await database.query("UPDATE eventy_member SET expires_at = 0");

  const successor = start();

  await successor.hears("copied");
  zombie.signal("SIGCONT");
  await zombie.hears("released");
  expect(zombie.lines).not.toContain("copied 0 1");
  await expectCopies(1, ["a"]);
});

test("100 partitions, and three processes that join and leave", async () => {
  const seed = randomInt(2 ** 31);
  console.log(`seed ${seed}`);
  const random = generator(seed);
  await createTopics(100);
  const texts = count(60);
  const half = texts.length / 2;
  for (const part of [texts.slice(0, half), texts.slice(half)]) {
    for (let partition = 0; partition < 100; partition++)
      await store.append(recordsOf("in", partition, part));
    for (let change = 0; change < 4; change++) {
      const living = workers.filter((worker) => !worker.lines.includes("end"));
      const one = living[random(living.length)];
      if (living.length === 3 && one !== undefined) {
        if (random(2) === 0) await one.end();
        else await one.kill();
        workers.splice(workers.indexOf(one), 1);
      }
      const worker = start();
      await worker.hears("claim");
    }
  }

  await expectCopies(100, texts);
  // At rest, each has a third.
  await until(async () => {
    const rows = await database.query<{ claims: string }>(
      "SELECT count(*) AS claims FROM eventy_cursor WHERE owner IS NOT NULL GROUP BY owner ORDER BY 1",
    );
    return rows.map(({ claims }) => claims).join() === "33,33,34";
  });
});

/** Whole numbers below a bound, the same ones for the same seed. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
