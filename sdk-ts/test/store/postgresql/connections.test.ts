import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Claim } from "../../../src/store/index.js";
import { PostgresqlStore, type PostgresqlStoreOptions } from "../../../src/store/postgresql/index.js";
import { copyNext, count, gaplessTextsIn, recordsOf } from "../records.js";
import { until } from "../until.js";
import { createDatabase, type TestDatabase } from "./database.js";
import { type Fault, type FaultyProxy, startProxy } from "./proxy.js";

let database: TestDatabase;
let proxy: FaultyProxy;
const stores: PostgresqlStore[] = [];
beforeEach(async () => {
  database = await createDatabase();
  proxy = await startProxy(database.url);
});
afterEach(async () => {
  proxy.refuse(false);
  await Promise.all(stores.splice(0).map((store) => store.close()));
  await proxy.close();
  await database.end();
});

function open(url: string, options: PostgresqlStoreOptions = {}): PostgresqlStore {
  const store = new PostgresqlStore({ connectionString: url, ...options });
  stores.push(store);
  return store;
}

/** A store that stays connected, with records to copy from `in` to `out`. */
async function filled(texts: readonly string[]): Promise<PostgresqlStore> {
  const direct = open(database.url);
  await direct.createTopic("in", 1);
  await direct.createTopic("out", 1);
  await direct.append(recordsOf("in", 0, texts));
  return direct;
}

async function claimOf(store: PostgresqlStore): Promise<Claim> {
  const member = await store.join({ group: "group", topics: ["in"] });
  const { value } = await member.claims().next();
  return value;
}

describe("a commit that meets a fault", () => {
  test.each<[Fault, "is there" | "is not there"]>([
    ["cut before", "is not there"],
    ["cut after", "is there"],
    ["hang before", "is not there"],
    ["hang after", "is there"],
  ])("%s: the store finds out that it %s", async (fault, expected) => {
    const direct = await filled(["a", "b"]);
    const claim = await claimOf(open(proxy.url, { statementTimeoutMs: 500 }));
    const batch = await claim.fetch({ maxRecords: 1 });
    const commit = { acknowledge: batch.next, records: recordsOf("out", 0, ["A"]) };

    const struck = proxy.strike(fault);
    const outcome = await claim.commit(commit).then(
      () => "is there",
      (error) => (error.code === "STORE_UNAVAILABLE" ? "is not there" : error),
    );
    await struck;

    expect(outcome).toBe(expected);
    expect(await gaplessTextsIn(direct, "out")).toEqual(expected === "is there" ? ["A"] : []);
    expect(await direct.acknowledged("group", claim)).toBe(expected === "is there" ? 1 : 0);
    // The claim goes on.
    expect(claim.signal.aborted).toBe(false);
    if (expected === "is not there") await claim.commit(commit);
    expect(claim.acknowledged).toBe(1);
    await copyNext(claim, "out");
    expect(await gaplessTextsIn(direct, "out")).toEqual(["A", "b"]);
  });

  test("and a server that is away meanwhile: it waits for the answer", async () => {
    const direct = await filled(["a"]);
    const claim = await claimOf(open(proxy.url));
    const struck = proxy.strike("cut after");
    const copying = copyNext(claim, "out");
    await struck;
    proxy.refuse(true);
    await until(async () => (await direct.acknowledged("group", claim)) === 1);
    proxy.refuse(false);

    await copying;

    expect(claim.acknowledged).toBe(1);
    expect(await gaplessTextsIn(direct, "out")).toEqual(["a"]);
  });

  test("and another owner meanwhile: it is fenced", async () => {
    const direct = await filled(["a"]);
    const claim = await claimOf(open(proxy.url));
    const struck = proxy.strike("cut before");
    const copying = copyNext(claim, "out");
    await struck;
    proxy.refuse(true);
    await database.query("UPDATE eventy_cursor SET epoch = epoch + 1, owner = 'another'");
    proxy.refuse(false);

    await expect(copying).rejects.toMatchObject({ code: "FENCED" });
    expect(claim.signal.aborted).toBe(true);
    expect(await gaplessTextsIn(direct, "out")).toEqual([]);
  });

  test("and a store that is closed before it is known: it says that it is unknown", async () => {
    await filled(["a"]);
    const store = open(proxy.url);
    const claim = await claimOf(store);
    const struck = proxy.strike("cut after");
    const copying = copyNext(claim, "out");
    await struck;
    proxy.refuse(true);
    proxy.cutAll();

    await Promise.all([expect(copying).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN" }), store.close()]);
  });

  test("and a claim that is released before it is known: it says so too, and the next one goes on behind", async () => {
    const direct = await filled(["a", "b"]);
    const store = open(proxy.url);
    const claim = await claimOf(store);
    const struck = proxy.strike("cut after");
    const copying = copyNext(claim, "out", 1);
    await struck;
    proxy.refuse(true);

    await Promise.all([expect(copying).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN" }), claim.release()]);

    proxy.refuse(false);
    await store.close();
    const next = await claimOf(direct);
    expect(next.acknowledged).toBe(1);
    await copyNext(next, "out");
    expect(await gaplessTextsIn(direct, "out")).toEqual(["a", "b"]);
  });
});

test("an append whose answer is lost is of unknown outcome", async () => {
  const direct = await filled([]);
  const claim = await claimOf(open(proxy.url));
  const struck = proxy.strike("cut after");
  const appending = claim.append(recordsOf("out", 0, ["x"]));
  await struck;

  await expect(appending).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN" });
  await until(async () => (await gaplessTextsIn(direct, "out")).join() === "x");
  await claim.append(recordsOf("out", 0, ["y"]));
  expect(await gaplessTextsIn(direct, "out")).toEqual(["x", "y"]);
});

test("connections that are cut again and again lose and double nothing", async () => {
  const texts = count(500);
  const direct = await filled(texts);
  const claim = await claimOf(open(proxy.url));
  let done = false;
  const faults = (async () => {
    const kinds: readonly Fault[] = ["cut before", "cut after"];
    for (let turn = 0; !done; turn++) {
      await Promise.race([proxy.strike(kinds[turn % 2] as Fault), until(() => done)]);
      if (turn % 3 === 0) proxy.cutAll();
    }
  })();
  while (claim.acknowledged < texts.length) {
    try {
      await copyNext(claim, "out", 20);
    } catch (error) {
      expect(error).toMatchObject({ code: "STORE_UNAVAILABLE" });
      claim.rewind();
    }
  }
  done = true;
  await faults;
  expect(await gaplessTextsIn(direct, "out")).toEqual(texts);
});

test("a fetch waits while the server is away, and goes on", async () => {
  const direct = await filled([]);
  const claim = await claimOf(open(proxy.url));
  const fetching = claim.fetch();
  proxy.refuse(true);
  proxy.cutAll();
  await direct.append(recordsOf("in", 0, ["a"]));
  proxy.refuse(false);

  expect((await fetching).records).toHaveLength(1);
  await claim.commit({ acknowledge: 1 });
});

test("a fetch that waits for a server ends when it is told to", async () => {
  await filled([]);
  const claim = await claimOf(open(proxy.url));
  proxy.refuse(true);
  proxy.cutAll();
  const controller = new AbortController();
  const fetching = claim.fetch({}, controller.signal);
  controller.abort();
  expect((await fetching).records).toEqual([]);
});

test("connections that go silent are replaced", async () => {
  const direct = await filled([]);
  const claim = await claimOf(open(proxy.url, { leaseMs: 1000 }));
  const fetching = claim.fetch();
  proxy.muteAll();
  await direct.append(recordsOf("in", 0, ["a"]));

  const { next } = await fetching;
  const commit = { acknowledge: next, records: recordsOf("out", 0, ["a"]) };
  await expect(claim.commit(commit)).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
  await claim.commit(commit);

  expect(await gaplessTextsIn(direct, "out")).toEqual(["a"]);
});

test("a lease that could not be renewed is taken up again if nobody else came", async () => {
  await filled(["a"]);
  const claim = await claimOf(open(proxy.url, { leaseMs: 300 }));
  proxy.refuse(true);
  proxy.cutAll();
  const expired = "SELECT expires_at < extract(epoch FROM clock_timestamp()) * 1000 AS is FROM eventy_member";
  await until(async () => (await database.query<{ is: boolean }>(expired))[0]?.is === true);
  proxy.refuse(false);
  await until(async () => (await database.query<{ is: boolean }>(expired))[0]?.is === false);

  await copyNext(claim, "out");
  expect(claim.signal.aborted).toBe(false);
});

test("who joined without hearing of it leaves no lease for others to wait for", async () => {
  const direct = open(database.url);
  await direct.createTopic("in", 2);
  const store = open(proxy.url, { leaseMs: 3_600_000 });
  // Connected, and the tables are there.
  await store.partitionsOf("in");

  const struck = proxy.strike("cut after", "INSERT INTO eventy_member");
  const joining = store.join({ group: "group", topics: ["in"] });
  await struck;
  await expect(joining).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });

  const claims = (await direct.join({ group: "group", topics: ["in"] })).claims();
  const both = [await claims.next(), await claims.next()];
  expect(both.map(({ value }) => value.partition).sort()).toEqual([0, 1]);
});

test("records are found whose notification got lost", async () => {
  const direct = await filled([]);
  const claim = await claimOf(open(database.url, { pollMs: 50 }));
  const fetching = claim.fetch();
  await database.query(`WITH head AS (UPDATE eventy_head SET end_offset = end_offset + 1
      WHERE topic_id = (SELECT topic_id FROM eventy_topic WHERE name = 'in') RETURNING *)
    INSERT INTO eventy_record SELECT topic_id, partition_id, end_offset - 1, 0, NULL, '\\x61', '{}' FROM head`);
  expect((await fetching).records).toHaveLength(1);
  expect(await gaplessTextsIn(direct, "in")).toEqual(["a"]);
});
