import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Claim } from "../../../src/store/index.js";
import { type PostgresqlConnection, PostgresqlStore } from "../../../src/store/postgresql/index.js";
import { gaplessTextsIn, recordsOf } from "../records.js";
import { until } from "../until.js";
import { createDatabase, type TestDatabase } from "./database.js";

let database: TestDatabase;
let store: PostgresqlStore;
let claim: Claim;
let turn = 0;
beforeAll(async () => {
  database = await createDatabase();
  await database.query("CREATE TABLE account (name text PRIMARY KEY, cents bigint)");
  store = new PostgresqlStore({ connectionString: database.url });
});
afterAll(async () => {
  await store.close();
  await database.end();
});
beforeEach(async () => {
  await database.query("DELETE FROM account");
  await prepare(store);
});

/** Has `claim` be one of that store, with a record to handle. */
async function prepare(from: PostgresqlStore): Promise<void> {
  turn++;
  await from.createTopic(`in-${turn}`, 1);
  await from.createTopic(`out-${turn}`, 1);
  await from.append(recordsOf(`in-${turn}`, 0, ["a"]));
  const member = await from.join({ group: `group-${turn}`, topics: [`in-${turn}`] });
  claim = (await member.claims().next()).value;
}

/** Commits the next record, an output, and work on the same connection. */
async function commit(work: (connection: PostgresqlConnection) => Promise<unknown>): Promise<void> {
  claim.rewind();
  const { next } = await claim.fetch();
  await claim.commit({
    acknowledge: next,
    records: recordsOf(`out-${turn}`, 0, ["A"]),
    work: async (connection) => {
      await work(connection as PostgresqlConnection);
    },
  });
}

async function expectNothing(): Promise<void> {
  expect(await database.query("SELECT * FROM account")).toEqual([]);
  expect(await gaplessTextsIn(store, `out-${turn}`)).toEqual([]);
  expect(await store.acknowledged(claim.group, claim)).toBe(0);
}

const insert = "INSERT INTO account VALUES ($1, $2)";

test("rows of the user's own tables change in the same transaction", async () => {
  await commit(async (connection) => {
    await connection.query(insert, ["ann", 4200]);
    const { rows, rowCount } = await connection.query({ text: "SELECT * FROM account", rowMode: "array" });
    expect([rows, rowCount]).toEqual([[["ann", "4200"]], 1]);
  });
  expect(await database.query("SELECT * FROM account")).toEqual([{ name: "ann", cents: "4200" }]);
  expect(await gaplessTextsIn(store, `out-${turn}`)).toEqual(["A"]);
});

test("errors of statements are those of the client, and leave nothing", async () => {
  await database.query("INSERT INTO account VALUES ('ann', 1)");
  const failing = commit((connection) => connection.query(insert, ["ann", 2]));
  await expect(failing).rejects.toMatchObject({ code: "23505", severity: "ERROR" });
  await database.query("DELETE FROM account");
  await expectNothing();
});

test("an error that is ignored leaves nothing", async () => {
  const failing = commit(async (connection) => {
    await connection.query(insert, ["ann", 1]);
    await connection.query("SELECT 1 / 0").catch(() => undefined);
  });
  await expect(failing).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  await expectNothing();
});

test.each(["a promise that never settles", "a statement that never ends"])(
  "%s ends at the limit",
  async (kind) => {
    const hasty = new PostgresqlStore({ connectionString: database.url, workTimeoutMs: 300 });
    await prepare(hasty);
    const failing = commit(async (connection) => {
      await connection.query(insert, ["ann", 1]);
      if (kind === "a statement that never ends") await connection.query("SELECT pg_sleep(1000)");
      else await new Promise(() => undefined);
    });
    await expect(failing).rejects.toThrow(/longer than 300 ms|statement timeout/);
    await expectNothing();
    await commit((connection) => connection.query(insert, ["ann", 2]));
    await hasty.close();
  },
);

test("it must not end the transaction", async () => {
  await expect(commit((connection) => connection.query("ROLLBACK"))).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
  });
  await expectNothing();
});

test("afterwards its connection is closed to it", async () => {
  let kept: PostgresqlConnection | undefined;
  await commit(async (connection) => {
    kept = connection;
  });
  await expect(kept?.query("SELECT 1")).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
});

test("a deadlock with someone else is met by running it again", async () => {
  await database.query("INSERT INTO account VALUES ('ann', 0), ('bob', 0)");
  const add = (name: string) => `UPDATE account SET cents = cents + 1 WHERE name = '${name}'`;
  let times = 0;
  let other: Promise<unknown> | undefined;
  await commit(async (connection) => {
    times++;
    await connection.query(add("ann"));
    if (other === undefined) {
      // The other one has bob and waits for ann, and would wait for an hour until it looked for a deadlock.
      other = database.query(
        `DO $$ BEGIN SET LOCAL deadlock_timeout = '1h'; ${add("bob")}; ${add("ann")}; END $$`,
      );
      const waiting = "SELECT FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'";
      await until(async () => (await database.query(waiting)).length > 0);
    }
    await connection.query(add("bob"));
  });
  await other;
  expect(times).toBe(2);
  const cents = await database.query("SELECT cents FROM account ORDER BY name");
  expect(cents).toEqual([{ cents: "2" }, { cents: "2" }]);
});
