import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { NotFired } from "../../../src/cases/failure.js";
import type { FaultPlan } from "../../../src/faults/faults.js";
import { PostgresqlProxy } from "../../../src/faults/postgresql/proxy.js";
import { startPostgresql } from "../../../src/servers/postgresql.js";
import type { PostgresqlServer } from "../../../src/servers/postgresql-server.js";

let server: PostgresqlServer;
let proxy: PostgresqlProxy;
let direct: pg.Client;
const clients: pg.Client[] = [];

beforeAll(async () => {
  server = await startPostgresql();
});

afterAll(() => server.stop());

beforeEach(async () => {
  proxy = await PostgresqlProxy.start(server.url);
  direct = await connected(server.url);
  await direct.query("CREATE TABLE t (a int)");
});

afterEach(async () => {
  await direct.query("DROP TABLE t");
  await Promise.all(clients.splice(0).map((client) => client.end()));
  await proxy.close();
});

async function connected(url = proxy.url): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  clients.push(client);
  return client;
}

async function rows(): Promise<number> {
  return (await direct.query("SELECT * FROM t")).rows.length;
}

function commitPlan(changes: Partial<FaultPlan>): FaultPlan {
  return { kinds: ["commit"], nth: 1, moment: "before", action: "cut", ...changes };
}

/** A transaction of two rows, its COMMIT as text or as a prepared statement. */
async function transaction(client: pg.Client, isPrepared: boolean): Promise<unknown> {
  await client.query("BEGIN");
  await client.query("INSERT INTO t VALUES ($1)", [1]);
  await client.query({ name: "insert", text: "INSERT INTO t VALUES ($1)", values: [2] });
  return client.query(isPrepared ? { name: "commit", text: "COMMIT", values: [] } : "COMMIT");
}

describe("the proxy before PostgreSQL", () => {
  it("passes everything on, large and small, and counts it", async () => {
    const client = await connected();
    const text = "x".repeat(5_000_000);
    expect((await client.query("SELECT $1::text AS echo", [text])).rows[0].echo).toBe(text);
    await transaction(client, true);
    await client.query("INSERT INTO t VALUES (3)");
    await client.query("INSERT INTO t VALUES ($1)", [4]);
    await expect(client.query("SELECT nothing")).rejects.toThrow(/does not exist/);
    expect(await rows()).toBe(4);
    expect(["startup", "commit", "autocommit"].map((kind) => proxy.count(kind as "commit"))).toEqual([
      1, 1, 2,
    ]);
  });

  it.each([true, false])("cuts before a COMMIT: nothing is there (prepared: %s)", async (isPrepared) => {
    const fault = proxy.arm(commitPlan({}));
    await expect(transaction(await connected(), isPrepared)).rejects.toThrow();
    fault.witness();
    expect(await rows()).toBe(0);
    await transaction(await connected(), isPrepared);
    expect(await rows()).toBe(2);
  });

  it.each([true, false])(
    "cuts before the reply to a COMMIT: all is there (prepared: %s)",
    async (isPrepared) => {
      const fault = proxy.arm(commitPlan({ moment: "after" }));
      await expect(transaction(await connected(), isPrepared)).rejects.toThrow();
      await fault.fired();
      expect(await rows()).toBe(2);
    },
  );

  it.each(["before", "after"] as const)(
    "strikes a statement that commits by itself, %s it",
    async (moment) => {
      const fault = proxy.arm({ kinds: ["autocommit", "commit"], nth: 2, moment, action: "cut" });
      const client = await connected();
      await client.query("INSERT INTO t VALUES ($1)", [1]);
      await expect(client.query("INSERT INTO t VALUES ($1)", [1])).rejects.toThrow();
      fault.witness();
      expect(await rows()).toBe(moment === "after" ? 2 : 1);
    },
  );

  it.each(["before", "after"] as const)(
    "holds a connection %s a COMMIT until it may go on",
    async (moment) => {
      const fault = proxy.arm(commitPlan({ moment, action: "hold" }));
      const done = transaction(await connected(), true);
      await fault.fired(done);
      expect(await rows()).toBe(moment === "after" ? 2 : 0);
      fault.proceed();
      await done;
      expect(await rows()).toBe(2);
    },
  );

  it("lets nothing through that was held when its sender ended", async () => {
    const fault = proxy.arm(commitPlan({ action: "hold" }));
    const client = await connected();
    const { pid } = (await client.query("SELECT pg_backend_pid() AS pid")).rows[0];
    const done = transaction(client, false);
    await fault.fired(done);
    client.end().catch(() => {});
    await expect(done).rejects.toThrow();
    const backend = (): Promise<pg.QueryResult> =>
      direct.query("SELECT FROM pg_stat_activity WHERE pid = $1", [pid]);
    await expect.poll(async () => (await backend()).rowCount).toBe(0);
    fault.proceed();
    expect(await rows()).toBe(0);
  });

  it("delays", async () => {
    const fault = proxy.arm({ kinds: ["startup"], nth: 1, moment: "before", action: { delayMs: 20 } });
    await connected();
    fault.witness();
  });

  it("says that a fault did not fire", async () => {
    const fault = proxy.arm(commitPlan({ nth: 2 }));
    await expect(fault.fired(transaction(await connected(), true))).rejects.toThrow(NotFired);
  });

  it("cuts all connections, and refuses new ones for as long as it is told to", async () => {
    const client = await connected();
    proxy.cutAll();
    await expect(client.query("SELECT 1")).rejects.toThrow();
    proxy.refuse(true);
    const before = proxy.refused;
    await expect(connected()).rejects.toThrow();
    expect(proxy.refused).toBe(before + 1);
    proxy.refuse(false);
    await connected();
  });

  it("lets everything pass after a fault was cancelled", async () => {
    const fault = proxy.arm({ kinds: ["statement"], nth: 1, moment: "before", action: "cut" });
    fault.cancel();
    await (await connected()).query("SELECT 1");
    expect(fault.hasFired).toBe(false);
  });

  it("survives the server, and finds it again", async () => {
    const client = await connected();
    await server.kill();
    await expect(client.query("SELECT 1")).rejects.toThrow();
    await expect(connected()).rejects.toThrow();
    await server.restart();
    direct = await connected(server.url);
    await (await connected()).query("SELECT 1");
  });
});
