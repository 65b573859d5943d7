import { inspect } from "node:util";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type ClientSettings,
  type PostgresqlClient,
  type PostgresqlStatement,
  PostgresqlStore,
  type PostgresqlStoreOptions,
} from "../../../src/store/postgresql/index.js";
import { copyNext, count, gaplessTextsIn, recordsOf } from "../records.js";
import { createDatabase, type TestDatabase } from "./database.js";

let database: TestDatabase;
const stores: PostgresqlStore[] = [];
beforeEach(async () => {
  database = await createDatabase();
});
afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()));
  await database.end();
});

function open(options: PostgresqlStoreOptions = {}): PostgresqlStore {
  const store = new PostgresqlStore({ connectionString: database.url, ...options });
  stores.push(store);
  return store;
}

/** The URL with some of its parts changed. */
function urlWith(change: Partial<Pick<URL, "hostname" | "password" | "pathname" | "port">>): string {
  return Object.assign(new URL(database.url), change).href;
}

describe("a store that cannot be opened says what is wrong and where, and no secret", () => {
  const { password } = new URL(process.env["EVENTY_POSTGRES_URL"] ?? "");
  test.each([
    ["a wrong password", { password: "hunter2" }, "STORE_FAILED", /password authentication failed.*28P01/],
    ["no such database", { pathname: "/nowhere" }, "STORE_FAILED", /nowhere.*does not exist.*3D000/],
    ["no server", { port: "1" }, "STORE_UNAVAILABLE", /127\.0\.0\.1:1 cannot be reached.*ECONNREFUSED/],
  ] as const)("%s", async (_, change, code, message) => {
    const error = await open({ connectionString: urlWith(change) })
      .createTopic("t", 1)
      .catch((caught) => caught);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    for (const secret of [password, "hunter2"]) expect(inspect(error, { depth: 9 })).not.toContain(secret);
  });

  test("a connection string that is none", async () => {
    const error = await open({ connectionString: "postgresql://me:hunter2@[nowhere/x" })
      .createTopic("t", 1)
      .catch((caught) => caught);
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT" });
    expect(inspect(error, { depth: 9 })).not.toContain("hunter2");
  });

  test("tables of a newer version are left alone", async () => {
    await open().createTopic("t", 1);
    await database.query("UPDATE eventy_schema SET version = 1000");
    await expect(open().createTopic("u", 1)).rejects.toMatchObject({
      code: "STORE_FAILED",
      message: expect.stringContaining("1000"),
    });
    expect(await database.query("SELECT name FROM eventy_topic")).toEqual([{ name: "t" }]);
  });

  test.each([{ leaseMs: 0 }, { maxConnections: 1.5 }, { leaseMs: 100, workTimeoutMs: 100 }])(
    "%o",
    (options) => {
      expect(() => new PostgresqlStore(options)).toThrow(
        expect.objectContaining({ code: "INVALID_ARGUMENT" }),
      );
    },
  );
});

test("many that open an empty database at once make its tables once", async () => {
  await Promise.all(count(8).map(() => open().createTopic("t", 3)));
  expect(await database.query("SELECT version FROM eventy_schema")).toHaveLength(1);
  expect(await database.query("SELECT partition_id FROM eventy_head")).toHaveLength(3);
});

test("two schemas in one database keep apart, and the user's own tables are in reach", async () => {
  await database.query("CREATE TABLE mine (name text)");
  const [one, two] = [open({ schema: 'with "quotes"' }), open({ schema: "two" })];
  await one.createTopic("t", 1);
  await two.createTopic("t", 2);
  expect([await one.partitionsOf("t"), await two.partitionsOf("t")]).toEqual([1, 2]);
  const rows = await database.query(
    "SELECT table_schema FROM information_schema.tables WHERE table_name = 'eventy_head'",
  );
  expect(rows).toHaveLength(2);
  // The same one again, and a third in the default schema beside them.
  expect(await open({ schema: "two" }).partitionsOf("t")).toBe(2);
  await expect(open().partitionsOf("t")).rejects.toMatchObject({ code: "UNKNOWN_TOPIC" });
});

test("one connection is enough", async () => {
  const store = open({ maxConnections: 1 });
  await store.createTopic("in", 2);
  await store.createTopic("out", 2);
  for (const partition of [0, 1]) await store.append(recordsOf("in", partition, ["a", "b"]));
  const member = await store.join({ group: "group", topics: ["in"] });
  const claims = member.claims();
  for (let index = 0; index < 2; index++) await copyNext((await claims.next()).value, "out");
  expect(await member.atEnd()).toBe(true);
  expect(await gaplessTextsIn(store, "out", 1)).toEqual(["a", "b"]);
});

test("all statements go through the clients that it is given", async () => {
  const texts: string[] = [];
  class Listening extends pg.Client {
    override query(...args: unknown[]): never {
      const [statement] = args as [PostgresqlStatement];
      texts.push(statement.text);
      return super.query(...(args as [never])) as never;
    }
  }
  const createClient = (settings: ClientSettings) => new Listening(settings) as PostgresqlClient;
  const store = open({ createClient });
  await store.createTopic("in", 1);
  await store.createTopic("out", 1);
  await store.append(recordsOf("in", 0, ["a"]));
  const member = await store.join({ group: "group", topics: ["in"] });
  const { value: claim } = await member.claims().next();
  await copyNext(claim, "out");
  await store.close();
  for (const part of [
    "LISTEN eventy",
    "pg_notify",
    "INSERT INTO eventy_member",
    "SET acknowledged",
    "COMMIT",
  ]) {
    expect(texts.some((text) => text.includes(part))).toBe(true);
  }
});
