import { describe, expect, it } from "vitest";
import { atLeastOnce, exactlyOnce, type Failure, handleBatch, onEvent } from "../../src/processing/index.js";
import { decodeValue, encodeValue } from "../../src/processing/state-value.js";
import type { Value } from "../../src/record/index.js";
import { FakeClaim, jobOf, numberOf, orders, ticks } from "./fake-claim.js";

describe("the state of a handler", () => {
  const counting = (failing: number[] = []) =>
    onEvent(
      orders,
      "Tick",
      exactlyOnce,
      async (event, { state }) => {
        const counts = state("counts");
        const before = (await counts.get("all")) ?? 0;
        counts.set("all", Number(before) + 1);
        if (failing.includes(numberOf(event))) throw new RangeError("bad");
      },
      { onError: "skip" },
    );

  it("shows what earlier records of the batch changed, and is committed with them", async () => {
    const claim = new FakeClaim();
    await handleBatch(ticks(3), jobOf(claim, [counting()]));
    expect(claim.story).toEqual(["commit 3"]);
    expect(String(Buffer.from(claim.committed.get("counts all") ?? []))).toBe("3");
  });

  it("loses what a handler changed that failed", async () => {
    const claim = new FakeClaim();
    await handleBatch(ticks(4), jobOf(claim, [counting([1, 2])]));
    expect(String(Buffer.from(claim.committed.get("counts all") ?? []))).toBe("2");
  });

  it("has keys that are removed", async () => {
    const claim = new FakeClaim();
    const seen: unknown[] = [];
    const handler = onEvent(orders, "Tick", exactlyOnce, async (event, { state }) => {
      const things = state("things");
      seen.push(await things.get("one"));
      if (numberOf(event) === 0) things.set("one", null);
      else things.delete("one");
      seen.push(await things.get("one"));
    });
    await handleBatch(ticks(2), jobOf(claim, [handler]));
    expect(seen).toEqual([undefined, null, null, undefined]);
    expect(claim.committed.size).toBe(0);
  });

  it("can be read by every handler, and changed by exactly-once handlers only", async () => {
    const claim = new FakeClaim();
    claim.committed.set("counts all", encodeValue(7));
    let seen: unknown;
    const letters: Failure[] = [];
    const handler = onEvent(
      orders,
      "Tick",
      atLeastOnce,
      async (_, { state }) => {
        seen = await state("counts").get("all");
        state("counts").set("all", 8);
      },
      { onError: "skip" },
    );
    await handleBatch(
      ticks(1),
      jobOf(claim, [handler], { hooks: { onSkipped: (f) => void letters.push(f) } }),
    );
    expect(seen).toBe(7);
    expect(letters.map(({ error }) => error.code)).toEqual(["INVALID_ARGUMENT"]);
  });
});

describe("work in the store's own transaction", () => {
  it("is done with the commit, and fails the handler whose work it is", async () => {
    const claim = new FakeClaim();
    const done: string[] = [];
    const handler = onEvent(
      orders,
      "Tick",
      exactlyOnce,
      async function* (event, { inTransaction }) {
        inTransaction<string>(async (connection) => {
          if (numberOf(event) === 2) throw new RangeError("no such table");
          done.push(`${connection} ${numberOf(event)}`);
        });
        yield orders.event("Noted", { data: { n: numberOf(event) } });
      },
      { onError: "deadLetter" },
    );
    await handleBatch(ticks(4), jobOf(claim, [handler]));
    expect(claim.story).toEqual(["commit 2: Noted 0, Noted 1", "commit 3: dead letter", "commit 4: Noted 3"]);
    // The first transaction was rolled back with the work of all three.
    expect(done).toEqual(["connection 0", "connection 1", "connection 0", "connection 1", "connection 3"]);
  });
});

describe("values of a state", () => {
  it.each<[Value]>([
    [null],
    [true],
    ["ä"],
    [1.5],
    [2n ** 63n - 1n],
    [[1, { a: [] }]],
    [{ text: "1234567890123456" }],
  ])("come back: %s", (value) => {
    expect(decodeValue(encodeValue(value))).toEqual(value);
  });

  it.each([[Number.NaN], [undefined], [new Date(0)], [{ a: Number.POSITIVE_INFINITY }]])(
    "are not %s",
    (value) => {
      expect(() => encodeValue(value as Value)).toThrow();
    },
  );
});
