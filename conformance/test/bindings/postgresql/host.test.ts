import pg from "pg";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { MIGRATIONS } from "../../../../sdk-ts/src/store/sql/migrations.js";
import type { BindingHost, Place } from "../../../src/bindings/host.js";
import { PostgresqlHost } from "../../../src/bindings/postgresql.js";
import type { ControlledTestee } from "../../../src/cases/testee.js";
import { startPostgresql } from "../../../src/servers/postgresql.js";
import type { PostgresqlServer } from "../../../src/servers/postgresql-server.js";

// Whatever is named there is for others: it is not killed.
vi.stubEnv("EVENTY_POSTGRES_URL", "");
const host = new PostgresqlHost();
let external: PostgresqlServer | undefined;

afterAll(async () => {
  await host.close();
  await external?.stop();
});
afterEach(() => vi.unstubAllEnvs());

async function query(url: string | undefined, sql: string): Promise<pg.QueryResultRow[]> {
  const client = new pg.Client({ connectionString: url ?? "" });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

function databases(url: string | undefined): Promise<pg.QueryResultRow[]> {
  return query(url, "SELECT datname FROM pg_database WHERE datname LIKE 'eventy\\_%'");
}

function oracleOf(place: Place): ReturnType<Place["oracle"]> {
  return place.oracle({} as ControlledTestee, { killAll: async () => {}, whileStill: (act) => act() });
}

describe("stores on PostgreSQL", () => {
  it("are databases of one server, dropped afterwards, which the oracle reads", async () => {
    const [one, other] = await Promise.all([host.open([]), host.open(["proxy"])]);
    const oracle = oracleOf(one);
    expect(await oracle.records("a")).toEqual([]);
    const dialect = { text: 'text COLLATE "C"', bigint: "bigint", bytes: "bytea" };
    const url = one.binding.open.location;
    for (const statement of MIGRATIONS.flatMap((migration) => migration(dialect)))
      await query(url, statement);
    await query(
      url,
      `INSERT INTO eventy_topic VALUES (7, 'a', 2);
       INSERT INTO eventy_record VALUES (7, 0, 0, 5, NULL, '\\x00ff', '{"x":"y"}');
       INSERT INTO eventy_cursor (group_name, topic_id, partition_id, acknowledged, epoch) VALUES ('g', 7, 0, 1, 1)`,
    );
    expect(await oracle.records("a")).toEqual([
      { topic: "a", partition: 0, offset: 0, key: null, value: Buffer.from([0, 255]), headers: { x: "y" } },
    ]);
    expect(await oracle.acknowledged("g", "a", 0)).toBe(1);
    expect(await oracle.mark("g", "a", 0)).toBeNull();

    expect(await oracleOf(other).records("a")).toEqual([]);
    expect(other.binding.open.location).not.toBe(other.binding.openDirect.location);
    await query(other.binding.open.location, "SELECT 1");
    expect(other.faults?.count("startup")).toBe(1);

    await Promise.all([one.close(), other.close()]);
    const third = await host.open([]);
    expect(await databases(third.binding.open.location)).toHaveLength(1);
    await third.close();
  });

  it("let a case hold a transaction open, and the oracle see one moment", async () => {
    const place = await host.open([]);
    const database = place.database?.(async () => {});
    const oracle = oracleOf(place);
    const dialect = { text: 'text COLLATE "C"', bigint: "bigint", bytes: "bytea" };
    for (const statement of MIGRATIONS.flatMap((migration) => migration(dialect)))
      await database?.run(statement);
    await database?.run("INSERT INTO eventy_topic VALUES (7, 'a', 1)");
    const record = "INSERT INTO eventy_record VALUES (7, 0, $1, 5, NULL, NULL, '{}')";
    const open = await database?.begin();
    await open?.run(record, [0]);
    expect(await oracle.records("a")).toEqual([]);
    await oracle.atOnce(async (still) => {
      expect(await still.records("a")).toEqual([]);
      await open?.commit();
      expect(await still.records("a")).toEqual([]);
    });
    expect(await oracle.records("a")).toHaveLength(1);
    const undone = await database?.begin();
    await undone?.run(record, [1]);
    await undone?.rollBack();
    expect(await oracle.records("a")).toHaveLength(1);
    await place.close();
  });

  it("have a server of their own to kill, if the case needs that", async () => {
    const [own, shared] = await Promise.all([host.open(["server", "proxy"]), host.open([])]);
    const { location } = own.binding.open;
    await query(location, "CREATE TABLE t ()");
    await own.server?.kill();
    await expect(query(location, "SELECT 1")).rejects.toThrow();
    await query(shared.binding.open.location, "SELECT 1");
    await own.server?.restart();
    expect(await query(location, "SELECT FROM t")).toEqual([]);
    await Promise.all([own.close(), shared.close()]);
  });

  it("are on the server of EVENTY_POSTGRES_URL, which is not killed", async () => {
    external = await startPostgresql();
    vi.stubEnv("EVENTY_POSTGRES_URL", external.url);
    const outside: BindingHost = new PostgresqlHost();
    expect(outside.lacks("server")).toMatchObject({ isHere: true });
    expect(outside.lacks("proxy")).toBeUndefined();
    const place = await outside.open(["proxy"]);
    expect(await databases(external.url)).toHaveLength(1);
    await place.close();
    await outside.close();
    expect(await databases(external.url)).toHaveLength(0);
  });

  it("have no proxy where everything must be encrypted", () => {
    vi.stubEnv("EVENTY_POSTGRES_URL", "postgresql://a@b/c?sslmode=require");
    expect(new PostgresqlHost().lacks("proxy")).toMatchObject({ isHere: true });
  });
});
