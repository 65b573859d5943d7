import { randomInt } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PostgresqlStore } from "../../../src/store/postgresql/index.js";
import { count, gaplessTextsIn, recordsOf } from "../records.js";
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

function open(): PostgresqlStore {
  const store = new PostgresqlStore({ connectionString: database.url });
  stores.push(store);
  return store;
}

test("many writers at once, each to several partitions in an order of its own: no gap, and no deadlock", async () => {
  const partitions = 5;
  const writers = [open(), open(), open()];
  await open().createTopic("t", partitions);
  const written = Array.from({ length: partitions }, () => new Set<string>());
  await Promise.all(
    writers.flatMap((store, writer) =>
      count(4).map(async (lane) => {
        for (let call = 0; call < 40; call++) {
          const chosen = count(4).map(() => randomInt(partitions));
          const records = chosen.flatMap((partition, index) =>
            recordsOf("t", partition, [`${writer}/${lane}/${call}/${index}`]),
          );
          for (const { partition, value } of records) written[partition]?.add(value.toString());
          await store.append(records);
        }
      }),
    ),
  );
  for (const [partition, texts] of written.entries()) {
    const there = await gaplessTextsIn(open(), "t", partition);
    expect(there).toHaveLength(texts.size);
    expect(new Set(there)).toEqual(texts);
  }
  const [row] = await database.query<{ deadlocks: string }>(
    "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()",
  );
  expect(row?.deadlocks).toBe("0");
});

test("what a reader sees has no gap that is filled later", async () => {
  const [writer, reader] = [open(), open()];
  await writer.createTopic("t", 1);
  const lanes = Promise.all(
    count(8).map(async (lane) => {
      for (let call = 0; call < 25; call++) await writer.append(recordsOf("t", 0, [`${lane}/${call}`]));
    }),
  );
  const seen: number[] = [];
  while (seen.length < 200) {
    const { records } = await reader.read({ topic: "t", partition: 0 }, seen.length);
    seen.push(...records.map(({ offset }) => offset));
  }
  await lanes;
  expect(seen).toEqual(count(200).map(Number));
});

test("more than fits in one statement is there as a whole, or not at all", async () => {
  const store = open();
  await store.createTopic("t", 3);
  const records = count(25_000).map((text, index) => ({
    topic: "t",
    partition: index % 3,
    key: text,
    value: Buffer.from(text),
  }));
  await database.query("ALTER TABLE eventy_record ADD CHECK (record_key <> '24999')");
  await expect(store.append(records)).rejects.toMatchObject({ code: "STORE_FAILED" });
  expect(await store.bounds({ topic: "t", partition: 0 })).toEqual({ begin: 0, end: 0 });

  const positions = await store.append(records.slice(0, -1));

  expect(positions[24_998]).toEqual({ topic: "t", partition: 24_998 % 3, offset: Math.floor(24_998 / 3) });
  expect(await gaplessTextsIn(store, "t", 1)).toEqual(count(25_000).filter((_, index) => index % 3 === 1));
});

test("a clock that goes back does not have dates fall", async () => {
  const store = open();
  await store.createTopic("t", 1);
  const future = Date.now() + 3_600_000;
  await database.query("UPDATE eventy_head SET appended_at = $1", [future]);
  await store.append(recordsOf("t", 0, ["a", "b"]));
  const { records } = await store.read({ topic: "t", partition: 0 }, 0);
  expect(records.map(({ appendedAt }) => appendedAt)).toEqual([future, future]);
});
