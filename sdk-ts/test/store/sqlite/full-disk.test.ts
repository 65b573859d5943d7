import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Claim, NewRecord, Transaction } from "../../../src/store/index.js";
import { type SqliteConnection, SqliteStore } from "../../../src/store/sqlite/index.js";
import { temporaryFolder } from "../../temporary-folder.js";

const PARTITION = { topic: "a", partition: 0 };
const big: NewRecord = { ...PARTITION, key: null, value: new Uint8Array(3000) };

/** The only claim of a group on a topic of one partition. */
async function claimOf(store: SqliteStore, topic: string): Promise<Claim> {
  const member = await store.join({ group: topic, topics: [topic] });
  return (await member.claims().next()).value;
}

describe("a full disk", () => {
  const folder = temporaryFolder();
  const file = folder.path("full.db");
  const refusal = { code: "STORE_FAILED", message: expect.stringContaining(file) };
  let store: SqliteStore;
  let settings: Claim;

  beforeEach(async () => {
    store = new SqliteStore(file);
    for (const topic of ["a", "settings"]) await store.createTopic(topic, 1);
    await store.append(Array.from({ length: 10 }, () => ({ topic: "settings", key: null, value: null })));
    settings = await claimOf(store, "settings");
  });
  afterEach(() => store.close());

  /** Has the work of a transaction set how many pages the file may have: to SQLite, that is the size of its disk. */
  async function limitPages(pages: number): Promise<void> {
    const { next } = await settings.fetch({ maxRecords: 1 });
    const work = async (connection: unknown): Promise<void> => {
      (connection as SqliteConnection).exec(`PRAGMA max_page_count = ${pages}`);
    };
    await settings.commit({ acknowledge: next, work });
  }

  /** Appends until there is no space; gives the number of records. */
  async function fill(): Promise<number> {
    const { end } = await store.bounds(PARTITION);
    for (let appended = end; ; appended += 2) {
      try {
        await store.append([big, big]);
      } catch (error) {
        expect(error).toMatchObject(refusal);
        return appended;
      }
    }
  }

  it("is an error that says so; nothing is lost, and it goes on when there is space", async () => {
    await limitPages(100);
    const appended = await fill();
    expect(await store.bounds(PARTITION)).toEqual({ begin: 0, end: appended });
    await expect(store.append([big, big])).rejects.toMatchObject(refusal);
    await limitPages(10_000);
    await store.append([big]);
    await store.close();
    store = new SqliteStore(file);
    expect(await store.bounds(PARTITION)).toEqual({ begin: 0, end: appended + 1 });
  });

  it("leaves nothing of a transaction, which may be tried again", async () => {
    await store.append([big]);
    await store.createTopic("out", 1);
    const claim = await claimOf(store, "a");
    const { next } = await claim.fetch({ maxRecords: 1 });
    const transaction: Transaction = {
      acknowledge: next,
      records: [
        { topic: "out", key: null, value: Buffer.from("x") },
        ...Array.from({ length: 200 }, () => big),
      ],
      state: [{ state: "s", key: "k", value: Uint8Array.of(1) }],
    };
    await limitPages(100);
    const before = await store.bounds(PARTITION);
    await expect(claim.commit(transaction)).rejects.toMatchObject(refusal);
    expect(claim.signal.aborted).toBe(false);
    expect(await store.acknowledged("a", PARTITION)).toBe(claim.acknowledged);
    expect(await store.bounds(PARTITION)).toEqual(before);
    expect(await store.bounds({ topic: "out", partition: 0 })).toEqual({ begin: 0, end: 0 });
    expect(await claim.state("s", "k")).toBe(null);

    await limitPages(10_000);
    await claim.commit(transaction);
    expect(await store.acknowledged("a", PARTITION)).toBe(next);
    expect((await store.bounds({ topic: "out", partition: 0 })).end).toBe(1);
  });
});
