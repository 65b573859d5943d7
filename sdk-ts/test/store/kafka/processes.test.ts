import { afterEach, beforeEach, expect, test } from "vitest";
import { KafkaStore } from "../../../src/store/kafka/index.js";
import { expectCopiesWhileChanging } from "../processes/changing.js";
import { Copiers, claimsOf } from "../processes/copiers.js";
import { testTakingOver } from "../processes/take-over.js";
import { textsIn } from "../records.js";
import { brokers } from "./brokers.js";

let store: KafkaStore;
let copiers: Copiers;
beforeEach(() => {
  store = new KafkaStore({ brokers });
  copiers = new Copiers({
    store,
    textsIn,
    program: new URL("./worker.ts", import.meta.url),
    address: brokers.join(),
    // Short, so that a test need not wait long for a dead process to be noticed.
    options: { sessionTimeoutMs: 2000 },
  });
});
afterEach(async () => {
  await copiers.kill();
  await store.close();
});

testTakingOver(() => copiers);

test("a process that joins takes nothing from those that keep it", async () => {
  await copiers.createTopics(4);
  // Nobody is to be taken for dead here, however slow this machine is.
  const patient = { sessionTimeoutMs: 60_000 };
  const first = copiers.start(patient);
  for (let partition = 0; partition < 4; partition++) await first.hears(`claim ${partition}`);
  const before = first.lines.length;

  const second = copiers.start(patient);
  await second.until(() => claimsOf(second).length === 2);

  const released = first.lines.slice(before).filter((line) => line.startsWith("released"));
  expect(released).toHaveLength(2);
  expect(claimsOf(first)).toHaveLength(4);
});

test("a process that has closed its store has nothing left that keeps it alive", async () => {
  await copiers.createTopics(16);
  const process = copiers.start();
  for (let partition = 0; partition < 16; partition++) await process.hears(`claim ${partition}`);
  await process.end();
  expect(process.lines.at(-1)).toBe("end");
});

test("20 partitions, and three processes that join, leave, stop and die", async () => {
  await expectCopiesWhileChanging(copiers, { partitions: 20, records: 100 });
});
