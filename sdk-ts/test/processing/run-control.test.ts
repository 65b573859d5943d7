import { describe, expect, it } from "vitest";
import {
  atLeastOnce,
  atMostOnce,
  exactlyOnce,
  type Failure,
  handleBatch,
  onEvent,
  retry,
} from "../../src/processing/index.js";
import { FakeClaim, jobOf, numberOf, orders, ticks } from "./fake-claim.js";

describe("a run that is asked to end", () => {
  it("finishes the record in hand, and begins no other", async () => {
    const claim = new FakeClaim();
    const handler = onEvent(orders, "Tick", exactlyOnce, async (event) => {
      if (numberOf(event) === 1) claim.stopping.abort();
    });
    expect(await handleBatch(ticks(5), jobOf(claim, [handler]))).toBe(false);
    expect(claim.story).toEqual(["commit 2"]);
  });

  it("finishes what at-least-once handlers have begun, and gives at-most-once handlers their turns", async () => {
    const claim = new FakeClaim();
    const turns: string[] = [];
    const handlers = [atLeastOnce, exactlyOnce, atMostOnce].map((guarantee) =>
      onEvent(orders, "Tick", guarantee, async (event, { signal }) => {
        turns.push(`${guarantee} ${numberOf(event)}`);
        if (guarantee === atLeastOnce && numberOf(event) === 1) claim.stopping.abort();
        if (guarantee === atMostOnce) expect(signal.aborted).toBe(false);
      }),
    );
    expect(await handleBatch(ticks(5), jobOf(claim, handlers))).toBe(false);
    expect(turns).toEqual([atLeastOnce, exactlyOnce, atMostOnce].flatMap((g) => [`${g} 0`, `${g} 1`]));
    expect(claim.story).toEqual(["commit 2"]);
  });

  it("tells a handler, and takes its failure for none", async () => {
    const claim = new FakeClaim();
    const failures: Failure[] = [];
    const handler = onEvent(
      orders,
      "Tick",
      exactlyOnce,
      async (event, { signal }) => {
        if (numberOf(event) === 0) return;
        setImmediate(() => claim.stopping.abort());
        await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      },
      { onError: "deadLetter" },
    );
    const hooks = { onDeadLetter: (failure: Failure) => void failures.push(failure) };
    expect(await handleBatch(ticks(3), jobOf(claim, [handler], { hooks }))).toBe(false);
    expect(claim.story).toEqual(["commit 1"]);
    expect(failures).toEqual([]);
  });

  it("does not wait for the next try", async () => {
    const claim = new FakeClaim();
    const handler = onEvent(orders, "Tick", atLeastOnce, () => Promise.reject(new RangeError("bad")), {
      onError: retry({ delayMs: 1_000_000, maxDelayMs: 1_000_000 }),
    });
    const hooks = { onRetry: () => setImmediate(() => claim.stopping.abort()) };
    expect(await handleBatch(ticks(1), jobOf(claim, [handler], { hooks }))).toBe(false);
    expect(claim.story).toEqual([]);
  });

  it("does not wait for ever for a handler beside which one ends that was given up before", async () => {
    const claim = new FakeClaim();
    let goOn = (): void => {};
    const late = onEvent(
      orders,
      "Tick",
      exactlyOnce,
      () => new Promise<void>((resolve) => (goOn = resolve)),
      {
        onError: "skip",
        timeoutMs: 5,
      },
    );
    const stuck = onEvent(
      orders,
      "Tick",
      exactlyOnce,
      () => {
        goOn();
        setImmediate(() => claim.stopping.abort());
        return new Promise<void>(() => {});
      },
      { id: "stuck" },
    );
    expect(await handleBatch(ticks(1), jobOf(claim, [late, stuck], { drainTimeoutMs: 5 }))).toBe(false);
    expect(claim.story).toEqual([]);
  });

  it.each([atLeastOnce, exactlyOnce, atMostOnce])(
    "does not wait for ever for a handler that never ends (%s)",
    async (guarantee) => {
      const claim = new FakeClaim();
      const handler = onEvent(orders, "Tick", guarantee, () => {
        setImmediate(() => claim.stopping.abort());
        return new Promise<void>(() => {});
      });
      expect(await handleBatch(ticks(2), jobOf(claim, [handler], { drainTimeoutMs: 5 }))).toBe(false);
      expect(claim.story).toEqual(guarantee === atMostOnce ? ["commit 2"] : []);
    },
  );
});
