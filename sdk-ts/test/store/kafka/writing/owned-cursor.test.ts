import { describe, expect, test } from "vitest";
import { type ErrorCode, EventyError } from "../../../../src/record/index.js";
import type { StoredCursor } from "../../../../src/store/kafka/cursors/stored-cursor.js";
import { type Fence, OwnedCursor } from "../../../../src/store/kafka/writing/owned-cursor.js";

const claim = { group: "g", topic: "t", partition: 0 };
const mark = { offset: 1, until: 2, attempt: 0 };

function error(code: ErrorCode): EventyError {
  return new EventyError(code, code);
}

/** A cluster of which each request may be told to fail. */
class FakeFence implements Fence {
  readonly calls: string[] = [];
  stored: StoredCursor | undefined;
  /** What happens to the next requests of a kind; those that are not told work. */
  readonly next: Record<string, ("works" | "done, not said" | ErrorCode)[]> = {};

  initialise(): Promise<void> {
    return this.#do("initialise");
  }

  check(): Promise<void> {
    return this.#do("check");
  }

  async read(): Promise<StoredCursor | undefined> {
    await this.#do("read");
    return this.stored;
  }

  transact(_: readonly unknown[], cursor?: StoredCursor): Promise<void> {
    return this.#do("transact", () => {
      if (cursor !== undefined) this.stored = cursor;
    });
  }

  async #do(call: string, effect: () => void = () => undefined): Promise<void> {
    this.calls.push(call);
    const outcome = this.next[call]?.shift() ?? "works";
    if (outcome === "works" || outcome === "done, not said") effect();
    if (outcome === "done, not said") throw error("OUTCOME_UNKNOWN");
    if (outcome !== "works") throw error(outcome);
  }
}

async function taken(stored?: StoredCursor): Promise<{ cursor: OwnedCursor; fence: FakeFence; end(): void }> {
  const fence = new FakeFence();
  fence.stored = stored;
  const ended = new AbortController();
  const cursor = new OwnedCursor(claim, fence, ended.signal);
  await cursor.take(async () => 5);
  return { cursor, fence, end: () => ended.abort() };
}

describe("OwnedCursor", () => {
  test("is taken in three steps, and goes on where it is", async () => {
    const { cursor, fence } = await taken({ acknowledged: 7, mark });
    expect(fence.calls).toEqual(["initialise", "check", "read"]);
    expect(cursor.acknowledged).toBe(7);
    expect(cursor.mark).toEqual(mark);
  });

  test("is made durable where there is none yet", async () => {
    const { cursor, fence } = await taken();
    expect(fence.stored).toEqual({ acknowledged: 5, mark: null });
    expect(cursor.acknowledged).toBe(5);
  });

  test("a commit that was not answered, and happened, is found out", async () => {
    const { cursor, fence } = await taken({ acknowledged: 7, mark: null });
    fence.next["transact"] = ["done, not said"];
    fence.next["initialise"] = ["STORE_UNAVAILABLE", "STORE_UNAVAILABLE"];
    await cursor.commit({ acknowledged: 9, mark }, []);
    expect(cursor.acknowledged).toBe(9);
    await cursor.commit({ acknowledged: 10, mark: null }, []);
    expect(fence.calls.filter((call) => call === "transact")).toHaveLength(2);
  });

  test("a commit that was not answered, and did not happen, may be tried again", async () => {
    const { cursor, fence } = await taken({ acknowledged: 7, mark: null });
    fence.next["transact"] = ["OUTCOME_UNKNOWN"];
    await expect(cursor.commit({ acknowledged: 9, mark: null }, [])).rejects.toMatchObject({
      code: "STORE_UNAVAILABLE",
    });
    expect(cursor.acknowledged).toBe(7);
    await cursor.commit({ acknowledged: 9, mark: null }, []);
    expect(fence.stored?.acknowledged).toBe(9);
  });

  test("after a transaction that failed, the next one begins with a new epoch, and asks before and after", async () => {
    const { cursor, fence } = await taken({ acknowledged: 7, mark: null });
    fence.next["transact"] = ["STORE_UNAVAILABLE"];
    await expect(cursor.append([])).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    fence.calls.length = 0;
    await cursor.append([]);
    await cursor.append([]);
    expect(fence.calls).toEqual(["check", "initialise", "check", "read", "transact", "transact"]);
  });

  test("whoever is no member any more does not begin a new epoch", async () => {
    const { cursor, fence } = await taken({ acknowledged: 7, mark: null });
    fence.next["transact"] = ["STORE_FAILED"];
    await expect(cursor.append([])).rejects.toMatchObject({ code: "STORE_FAILED" });
    fence.next["check"] = ["FENCED"];
    fence.calls.length = 0;
    await expect(cursor.append([])).rejects.toMatchObject({ code: "FENCED" });
    expect(fence.calls).toEqual(["check"]);
  });

  test("whoever finds its cursor moved by somebody else is fenced", async () => {
    const { cursor, fence } = await taken({ acknowledged: 7, mark: null });
    fence.next["transact"] = ["STORE_UNAVAILABLE"];
    await expect(cursor.append([])).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    fence.stored = { acknowledged: 8, mark: null };
    await expect(cursor.append([])).rejects.toMatchObject({ code: "FENCED" });
  });

  test("another one took over while the outcome was being found out", async () => {
    const { cursor, fence } = await taken({ acknowledged: 7, mark: null });
    fence.next["transact"] = ["done, not said"];
    fence.next["check"] = ["FENCED"];
    await expect(cursor.commit({ acknowledged: 9, mark: null }, [])).rejects.toMatchObject({
      code: "FENCED",
    });
  });

  test("the outcome stays unknown where the claim ends before it is found out", async () => {
    const { cursor, fence, end } = await taken({ acknowledged: 7, mark: null });
    fence.next["transact"] = ["done, not said"];
    fence.next["initialise"] = ["STORE_UNAVAILABLE"];
    end();
    await expect(cursor.commit({ acknowledged: 9, mark: null }, [])).rejects.toMatchObject({
      code: "OUTCOME_UNKNOWN",
    });
  });

  test("a mark that may be there counts as one, and may be set again", async () => {
    const { cursor, fence } = await taken({ acknowledged: 7, mark: null });
    fence.next["transact"] = ["done, not said"];
    await expect(cursor.setMark(mark)).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
    expect(cursor.mark).toEqual(mark);
    await cursor.setMark(null);
    expect(fence.stored).toEqual({ acknowledged: 7, mark: null });
  });
});
