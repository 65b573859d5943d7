import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SqliteStore } from "../../../src/store/sqlite/index.js";
import { ManualClock } from "../../../src/testing/index.js";
import { temporaryFolder } from "../../temporary-folder.js";

const PARTITION = { topic: "a", partition: 0 };

describe("SqliteStore", () => {
  const folder = temporaryFolder();
  const clock = new ManualClock();
  let store: SqliteStore;
  let files = 0;

  beforeEach(async () => {
    store = new SqliteStore(folder.path(`${files++}.db`), {
      clock: clock.now,
      partitioner: (key) => key.length,
    });
    await store.createTopic("a", 3);
  });
  afterEach(() => store.close());

  it("takes another partitioner, and refuses what that cannot mean", async () => {
    const [position] = await store.append([{ topic: "a", key: "xx", value: null }]);
    expect(position).toEqual({ topic: "a", partition: 2, offset: 0 });
    await expect(store.append([{ topic: "a", key: "xxx", value: null }])).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
    });
  });

  it("keeps dates in order when the clock jumps back", async () => {
    const append = () => store.append([{ ...PARTITION, key: null, value: null }]);
    const dates = [1000, 5000, 2000, 6000];
    for (const date of dates) {
      clock.time = date;
      await append();
    }
    const { records } = await store.read(PARTITION, 0);
    expect(records.map(({ appendedAt }) => appendedAt)).toEqual([1000, 5000, 5000, 6000]);
    expect(await store.offsetAt(PARTITION, new Date(3000))).toBe(1);
    expect(await store.offsetAt(PARTITION, new Date(5001))).toBe(3);
  });

  it("refuses texts that SQLite cannot give back, and keeps nothing of them", async () => {
    for (const key of ["a\0b", "\ud800", "\udc00x"]) {
      await expect(store.append([{ ...PARTITION, key, value: null }])).rejects.toMatchObject({
        code: "INVALID_ARGUMENT",
      });
      const member = await store.join({ group: key, topics: ["a"] });
      await expect(member.claims().next()).rejects.toMatchObject({
        code: "INVALID_ARGUMENT",
      });
    }
    expect(await store.bounds(PARTITION)).toEqual({ begin: 0, end: 0 });
  });

  it("lets timers and sockets have their turn during a large transaction", async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const value = new Uint8Array(300);
    await store.append(Array.from({ length: 50_000 }, () => ({ ...PARTITION, key: null, value })));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
  });

  it("lets timers have their turn where nothing ever waits", async () => {
    let stop = false;
    for (const call of [
      () => store.bounds(PARTITION),
      () => store.append([]),
      () => store.read(PARTITION, 0),
    ]) {
      stop = false;
      setTimeout(() => {
        stop = true;
      }, 1);
      while (!stop) await call();
    }
  });

  it("removes many records in small steps", async () => {
    await store.append(Array.from({ length: 5000 }, () => ({ ...PARTITION, key: null, value: null })));
    await store.deleteBefore(PARTITION, 4500);
    await store.deleteBefore(PARTITION, 100);
    expect(await store.bounds(PARTITION)).toEqual({ begin: 4500, end: 5000 });
    expect((await store.read(PARTITION, 4500)).records.length).toBe(500);
  });
});
