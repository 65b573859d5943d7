import { afterEach, beforeEach, expect, test } from "vitest";
import { PostgresqlStore } from "../../../src/store/postgresql/index.js";
import { expectCopiesWhileChanging } from "../processes/changing.js";
import { Copiers } from "../processes/copiers.js";
import { testTakingOver } from "../processes/take-over.js";
import { gaplessTextsIn } from "../records.js";
import { until } from "../until.js";
import { createDatabase, type TestDatabase } from "./database.js";

let database: TestDatabase;
let store: PostgresqlStore;
let copiers: Copiers;
beforeEach(async () => {
  database = await createDatabase();
  store = new PostgresqlStore({ connectionString: database.url });
  copiers = new Copiers({
    store,
    textsIn: gaplessTextsIn,
    program: new URL("./worker.ts", import.meta.url),
    address: database.url,
    // Short, so that a test need not wait long for a dead process to be noticed.
    options: { leaseMs: 1000 },
  });
});
afterEach(async () => {
  await copiers.kill();
  await store.close();
  await database.end();
});

testTakingOver(() => copiers);

test("a process that was stopped in a transaction does not hold up who takes over", async () => {
  await copiers.createTopics(1);
  await copiers.feed(1);
  // The server would end its transaction after hours.
  const zombie = copiers.start({ leaseMs: 20_000_000 }, "hold");
  await zombie.hears("holds");
  zombie.signal("SIGSTOP");
  await database.query("UPDATE eventy_member SET expires_at = 0");

  const successor = copiers.start();

  await successor.hears("copied");
  zombie.signal("SIGCONT");
  await zombie.hears("released");
  expect(zombie.lines).not.toContain("copied 0 1");
  await copiers.expectCopies();
});

test("100 partitions, and three processes that join, leave, stop and die", async () => {
  await expectCopiesWhileChanging(copiers, { partitions: 100, records: 10 });
  // At rest, each has a third.
  await until(async () => {
    const rows = await database.query<{ claims: string }>(
      "SELECT count(*) AS claims FROM eventy_cursor WHERE owner IS NOT NULL GROUP BY owner ORDER BY 1",
    );
    return rows.map(({ claims }) => claims).join() === "33,33,34";
  });
});
