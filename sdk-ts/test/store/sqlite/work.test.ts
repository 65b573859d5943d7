import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Claim, Transaction } from "../../../src/store/index.js";
import {
  type SqliteConnection,
  SqliteStore,
  type SqliteStoreOptions,
} from "../../../src/store/sqlite/index.js";
import { temporaryFolder } from "../../temporary-folder.js";

const PARTITION = { topic: "a", partition: 0 };

describe("the work of a transaction", () => {
  const folder = temporaryFolder();
  let store: SqliteStore;
  let claim: Claim;
  let files = 0;

  beforeEach(() => open());
  afterEach(() => store.close());

  async function open(options?: SqliteStoreOptions): Promise<void> {
    store = new SqliteStore(folder.path(`${files++}.db`), options);
    await store.createTopic("a", 1);
    await store.append(
      ["a", "b", "c"].map((text) => ({ ...PARTITION, key: null, value: Buffer.from(text) })),
    );
    const member = await store.join({ group: "g", topics: ["a"] });
    claim = (await member.claims().next()).value;
    await commit(async (connection) => connection.exec("CREATE TABLE mine (name TEXT UNIQUE)"));
  }

  /** Acknowledges the next record together with some work. */
  async function commit(
    work: (connection: SqliteConnection) => Promise<void>,
    rest: Omit<Transaction, "acknowledge"> = {},
  ): Promise<void> {
    claim.rewind();
    const { next } = await claim.fetch({ maxRecords: 1 });
    await claim.commit({
      ...rest,
      acknowledge: next,
      work: (connection) => work(connection as SqliteConnection),
    });
  }

  async function mine(): Promise<unknown> {
    let rows: unknown;
    await commit(async (connection) => {
      rows = connection.prepare("SELECT name FROM mine ORDER BY name").all();
    });
    return rows;
  }

  it("writes and reads tables of the user", async () => {
    let found: unknown;
    await commit(async (connection) => {
      const insert = connection.prepare("INSERT INTO mine (name) VALUES (?)");
      expect(insert.run("x").changes).toBe(1);
      insert.run("y");
      await Promise.resolve();
      found = connection.prepare("SELECT name FROM mine WHERE name = ?").get("y");
    });
    expect(found).toEqual({ name: "y" });
    expect(await mine()).toEqual([{ name: "x" }, { name: "y" }]);
  });

  it("keeps its own errors, and leaves nothing", async () => {
    const twice = commit(async (connection) => {
      const insert = connection.prepare("INSERT INTO mine (name) VALUES (?)");
      insert.run("x");
      insert.run("x");
    });
    await expect(twice).rejects.toMatchObject({ name: "SqliteError", code: "SQLITE_CONSTRAINT_UNIQUE" });
    expect(claim.acknowledged).toBe(1);
    expect(await mine()).toEqual([]);
  });

  it("is undone when it takes too long, and can do nothing afterwards", async () => {
    await store.close();
    await open({ workTimeoutMs: 50 });
    let late: SqliteConnection | undefined;
    const never = commit((connection) => {
      connection.prepare("INSERT INTO mine (name) VALUES (?)").run("x");
      late = connection;
      return new Promise(() => undefined);
    });
    await expect(never).rejects.toMatchObject({ code: "LIMIT_EXCEEDED" });
    expect(() => late?.exec("DELETE FROM mine")).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT" }),
    );
    expect(claim.acknowledged).toBe(1);
    expect(await mine()).toEqual([]);
  });

  it("cannot acknowledge by committing by itself", async () => {
    const records = [{ topic: "a", key: null, value: Buffer.from("z") }];
    await expect(commit(async (connection) => connection.exec("COMMIT"), { records })).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
    });
    expect(await store.acknowledged("g", PARTITION)).toBe(1);
    expect((await store.bounds(PARTITION)).end).toBe(3);
    expect(await mine()).toEqual([]);
  });

  it("has the store to itself: what others ask meanwhile is answered afterwards, as it was committed", async () => {
    let seen: unknown = "nothing yet";
    await commit(async () => {
      store.acknowledged("g", PARTITION).then((acknowledged) => {
        seen = acknowledged;
      });
      await new Promise((resolve) => setImmediate(resolve));
      expect(seen).toBe("nothing yet");
    });
    await store.bounds(PARTITION);
    expect(seen).toBe(2);
  });
});
