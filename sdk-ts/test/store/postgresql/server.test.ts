import { afterAll, beforeAll, expect, test } from "vitest";
import { PostgresqlStore } from "../../../src/store/postgresql/index.js";
import { copyNext, count, gaplessTextsIn, recordsOf } from "../records.js";
import { until } from "../until.js";
import { connectTo, type TestDatabase } from "./database.js";
import { type OwnPostgresql, startPostgresql } from "./own-server.js";

let server: OwnPostgresql;
let database: TestDatabase;
beforeAll(async () => {
  server = await startPostgresql({ max_connections: 30 });
  database = connectTo(server.url);
});
afterAll(async () => {
  await database.end();
  await server.stop();
});

test("a server that is killed and comes back, several times, during work: nothing is lost or doubled", async () => {
  const store = new PostgresqlStore({ connectionString: server.url });
  await store.createTopic("in", 3);
  await store.createTopic("out", 3);
  const texts = count(1500);
  for (let partition = 0; partition < 3; partition++) await store.append(recordsOf("in", partition, texts));
  const member = await store.join({ group: "group", topics: ["in"] });
  let copied = 0;
  const working = (async () => {
    const all: Promise<void>[] = [];
    for await (const claim of member.claims()) {
      const work = async () => {
        while (!claim.signal.aborted) {
          try {
            copied += await copyNext(claim, "out", 10);
          } catch (error) {
            expect(error).toMatchObject({ code: expect.stringMatching(/^(STORE_UNAVAILABLE|FENCED)$/) });
            claim.rewind();
          }
        }
        await claim.release();
      };
      all.push(work());
    }
    await Promise.all(all);
  })();

  for (let time = 1; time <= 3; time++) {
    await until(() => copied > 0);
    await server.kill();
    await server.restart();
    copied = 0;
  }
  await until(() => member.atEnd().catch(() => false));
  await member.leave();
  await working;

  for (let partition = 0; partition < 3; partition++) {
    expect(await gaplessTextsIn(store, "out", partition)).toEqual(texts);
  }
  await store.close();
});

test("without a free connection: for now, it cannot be reached", async () => {
  const store = new PostgresqlStore({ connectionString: server.url, maxConnections: 1 });
  await database.query("CREATE ROLE limited LOGIN PASSWORD 'secret' CONNECTION LIMIT 0");
  const url = new URL(server.url);
  url.username = "limited";
  url.password = "secret";
  const refused = new PostgresqlStore({ connectionString: url.href });
  await expect(refused.bounds({ topic: "in", partition: 0 })).rejects.toMatchObject({
    code: "STORE_UNAVAILABLE",
    message: expect.stringContaining("53300"),
  });
  await Promise.all([refused.close(), store.close()]);
});

test("a server that writes no more refuses, and says why", async () => {
  await database.query("ALTER DATABASE postgres SET default_transaction_read_only = on");
  const store = new PostgresqlStore({ connectionString: server.url });
  await expect(store.append(recordsOf("in", 0, ["x"]))).rejects.toMatchObject({
    code: "STORE_FAILED",
    message: expect.stringContaining("read-only"),
  });
  await database.query("ALTER DATABASE postgres RESET default_transaction_read_only");
});

test("a disk that is full: it refuses, and goes on once there is room", async () => {
  const store = new PostgresqlStore({ connectionString: server.url });
  await store.createTopic("full", 1);
  await database.query(`CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$`);
  await database.query(
    "CREATE TRIGGER full_disk BEFORE INSERT ON eventy_record EXECUTE FUNCTION full_disk()",
  );
  await expect(store.append(recordsOf("full", 0, ["x"]))).rejects.toMatchObject({
    code: "STORE_FAILED",
    message: expect.stringContaining("No space left on device"),
  });
  await database.query("DROP TRIGGER full_disk ON eventy_record");
  await store.append(recordsOf("full", 0, ["x"]));
  expect(await gaplessTextsIn(store, "full")).toEqual(["x"]);
  await store.close();
});
