import { describe, expect, it } from "vitest";
import {
  atLeastOnce,
  atMostOnce,
  exactlyOnce,
  type Failure,
  type Guarantee,
  type Handler,
  type HandlerFunction,
  type HandlerOptions,
  onEvent,
  retry,
} from "../../src/processing/index.js";
import type { Event, EventyError } from "../../src/record/index.js";
import { numberOf, orders } from "./fake-claim.js";
import { type HeldOptions, HeldRun } from "./held-run.js";
import { recordsIn } from "./read-all.js";

/** A run, and handlers that tell its story. */
function heldRun() {
  const run = new HeldRun();
  function on(
    guarantee: Guarantee,
    handle: HandlerFunction<Event> = () => [],
    options?: HandlerOptions,
  ): Handler {
    return onEvent(
      orders,
      "Tick",
      guarantee,
      async function* (event, context) {
        run.story.push(`handle ${numberOf(event)}`);
        const outputs = handle(event, context);
        if (Symbol.asyncIterator in outputs) yield* outputs;
        else yield* (await outputs) ?? [];
      },
      options,
    );
  }
  return { run, on };
}

/** What happens before the first commit is through, beside which nothing goes on. */
const BEGINNING = ["mark 0", "handle 0", "handle 1", "commit 2", "committed 2"];

const noting: HandlerFunction<Event> = (event) => [orders.request("Note", { data: { n: numberOf(event) } })];

/** Fails at a record, so many times. */
function failingAt(n: number, times = Number.POSITIVE_INFINITY): HandlerFunction<Event> {
  let failures = 0;
  return async (event) => {
    if (numberOf(event) === n && failures++ < times) throw new RangeError(`${n} is bad`);
  };
}

describe("while a commit is on its way", () => {
  it("the next batch is handled, and none behind it", async () => {
    const { run, on } = heldRun();
    await run.start({ records: 8, handlers: [on(exactlyOnce)] });
    await run.pass(2);
    await run.until("handle 5");
    await run.still();
    expect(run.story).toEqual([
      ...BEGINNING,
      ...["handle 2", "handle 3", "commit 4"],
      ...["handle 4", "handle 5"],
    ]);
    await run.pass(4);
    await run.until("handle 7");
    await run.still();
    expect(run.story.slice(10)).toEqual(["committed 4", "commit 6", "handle 6", "handle 7"]);
    await run.pass(6);
    await run.pass(8);
    run.stop();
    await run.ended;
    expect(run.story.slice(14)).toEqual(["committed 6", "commit 8", "committed 8", "release"]);
  });

  it("the crash mark of the first batch, and each record under suspicion, has no handlers beside it", async () => {
    const { run, on } = heldRun();
    const foundMark = { offset: 0, until: 2, attempt: 0 };
    await run.start({ records: 6, handlers: [on(exactlyOnce)], foundMark });
    for (const [acknowledge, ...before] of [
      [1, "mark 0", "handle 0"],
      [2, "mark 1", "handle 1"],
      [4, "mark 2", "handle 2", "handle 3"],
    ] as const) {
      await run.until(`commit ${acknowledge}`);
      if (acknowledge < 4) await run.still();
      expect(run.story.splice(0)).toEqual([...before, `commit ${acknowledge}`]);
      await run.pass(acknowledge);
      expect(run.story.shift()).toBe(`committed ${acknowledge}`);
    }
    await run.pass(6);
    run.stop();
    await run.ended;
  });

  it("at-most-once handlers wait for it, and the next batch for them", async () => {
    const { run, on } = heldRun();
    await run.start({ records: 4, handlers: [on(atMostOnce), on(atLeastOnce)] });
    await run.until("commit 2");
    await run.still();
    await run.pass(2);
    await run.until("commit 4");
    await run.still();
    expect(run.story).toEqual([
      ...["mark 0", "handle 0", "handle 1", "commit 2", "committed 2", "handle 0", "handle 1"],
      ...["handle 2", "handle 3", "commit 4"],
    ]);
    await run.pass(4);
    run.stop();
    await run.ended;
    expect(run.story.slice(10)).toEqual(["committed 4", "handle 2", "handle 3", "release"]);
  });

  it("at-least-once handlers are called, and what they emit is appended behind it", async () => {
    const { run, on } = heldRun();
    await run.start({ records: 6, handlers: [on(atLeastOnce, noting)] });
    await run.pass(2);
    await run.until("handle 5");
    await run.still();
    expect(run.story.slice(-4)).toEqual(["append 2", "commit 4", "handle 4", "handle 5"]);
    await run.pass(4);
    await run.pass(6);
    expect(run.story.slice(-4)).toEqual(["committed 4", "append 2", "commit 6", "committed 6"]);
    run.stop();
    await run.ended;
  });

  it("handlers see the state that it leaves", async () => {
    const { run, on } = heldRun();
    const seen: unknown[] = [];
    const counting: HandlerFunction<Event> = async (event, { state }) => {
      const counts = state("counts");
      const before = await counts.get("all");
      seen.push(before);
      if (numberOf(event) === 3) counts.delete("all");
      else counts.set("all", Number(before ?? 0) + 1);
    };
    const reading: HandlerFunction<Event> = async (_, { state }) => {
      seen.push(`at least once: ${await state("counts").get("all")}`);
    };
    await run.start({ records: 8, handlers: [on(atLeastOnce, reading), on(exactlyOnce, counting)] });
    await run.pass(2);
    await run.until("commit 4");
    await run.still();
    await run.pass(4);
    await run.until("commit 6");
    await run.still();
    // What one commit left is seen through the next, too.
    await run.pass(6);
    await run.pass(8);
    run.stop();
    await run.ended;
    const once = "at least once:";
    expect(seen).toEqual([
      ...[`${once} undefined`, `${once} undefined`, undefined, 1],
      ...[`${once} 2`, `${once} 2`, 2, 3],
      ...[`${once} undefined`, `${once} undefined`, undefined, 1],
      ...[`${once} 2`, `${once} 2`, 2, 3],
    ]);
  });

  it("work in the store's transaction has no handlers beside it", async () => {
    const { run, on } = heldRun();
    const working: HandlerFunction<Event> = async (_, { inTransaction }) => inTransaction(async () => {});
    await run.start({ records: 6, handlers: [on(exactlyOnce, working)] });
    await run.pass(2);
    await run.until("commit 4");
    await run.still();
    expect(run.story).toEqual([...BEGINNING, "handle 2", "handle 3", "commit 4"]);
    await run.pass(4);
    await run.pass(6);
    run.stop();
    await run.ended;
  });

  it("a record is not tried again before it is through", async () => {
    const { run, on } = heldRun();
    const onError = retry({ times: 1, delayMs: 0 });
    const hooks = { onRetry: () => void run.story.push("retry") };
    await run.start({ records: 6, handlers: [on(exactlyOnce, failingAt(4, 1), { onError })], hooks });
    await run.pass(2);
    await run.until("handle 4");
    await run.still();
    expect(run.story.slice(-2)).toEqual(["commit 4", "handle 4"]);
    await run.pass(4);
    await run.pass(5);
    await run.pass(6);
    expect(run.story.slice(9)).toEqual([
      "committed 4",
      "retry",
      "handle 4",
      "commit 5",
      "committed 5",
      "handle 5",
      "commit 6",
      "committed 6",
    ]);
    run.stop();
    await run.ended;
  });

  it("nobody takes the group for idle", async () => {
    const { run, on } = heldRun();
    await run.start({ records: 4, handlers: [on(exactlyOnce)] });
    await run.pass(2);
    await run.until("commit 4");
    await run.still();
    expect(run.activity.isIdle).toBe(false);
    await run.pass(4);
    await run.still();
    expect(run.activity.isIdle).toBe(true);
    run.stop();
    await run.ended;
  });

  it("a group that is to stop waits until it is through", async () => {
    const { run, on } = heldRun();
    await run.start({ records: 6, handlers: [on(exactlyOnce, failingAt(4))] });
    await run.pass(2);
    await run.until("handle 4");
    await run.still();
    expect(run.story).not.toContain("release");
    await run.pass(4);
    await expect(run.ended).rejects.toMatchObject({ code: "HANDLER_FAILED" });
    expect(await run.acknowledged()).toBe(4);
  });
});

/** A run in which the commit to 4 is on its way, and 4 and 5 are handled already. */
async function aheadOf4(
  handle?: HandlerFunction<Event>,
  options: Partial<HeldOptions> = {},
): Promise<HeldRun> {
  const { run, on } = heldRun();
  await run.start({ records: 6, handlers: [on(exactlyOnce, handle)], ...options });
  await run.pass(2);
  await run.until("handle 5");
  return run;
}

describe("a commit that fails", () => {
  it("is asked for again before the next one, while the store cannot be reached", async () => {
    const run = await aheadOf4(noting);
    await run.fail(4, "STORE_UNAVAILABLE");
    await run.pass(4);
    await run.pass(6);
    run.stop();
    await run.ended;
    expect(run.story.filter((entry) => entry.startsWith("c")).slice(2)).toEqual([
      ...["commit 4", "commit 4", "committed 4"],
      ...["commit 6", "committed 6"],
    ]);
    expect(await notes(run)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("takes with it what was handled behind it, without a word if the partition was taken over", async () => {
    const problems: string[] = [];
    const hooks = { onStoreProblem: (_: unknown, { code }: EventyError) => void problems.push(code) };
    const run = await aheadOf4(noting, { hooks });
    await run.fail(4, "FENCED");
    await run.ended;
    expect(run.story.slice(-1)).toEqual(["release"]);
    expect(run.story).not.toContain("commit 6");
    expect([await run.acknowledged(), await notes(run), problems]).toEqual([2, [0, 1], ["FENCED"]]);
  });

  it("ends the handling where nothing is behind it", async () => {
    const { run, on } = heldRun();
    await run.start({ records: 4, handlers: [on(exactlyOnce)] });
    await run.pass(2);
    await run.fail(4, "STORE_FAILED");
    await expect(run.ended).rejects.toMatchObject({ code: "STORE_FAILED" });
    expect(await run.acknowledged()).toBe(2);
  });

  it("counts more than a handler behind it that failed, whose policy is not asked", async () => {
    const { run, on } = heldRun();
    const letters: Failure[] = [];
    const hooks = { onDeadLetter: (failure: Failure) => void letters.push(failure) };
    const handler = on(exactlyOnce, failingAt(4), { onError: "deadLetter" });
    await run.start({ records: 6, handlers: [handler], hooks });
    await run.pass(2);
    await run.until("handle 4");
    await run.still();
    await run.fail(4, "STORE_FAILED");
    await expect(run.ended).rejects.toMatchObject({ code: "STORE_FAILED" });
    expect(letters).toEqual([]);
  });

  it("has no further handler called, and the one at work is told", async () => {
    const { run, on } = heldRun();
    const waiting: HandlerFunction<Event> = async (event, { signal }) => {
      if (numberOf(event) < 4) return;
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      run.story.push("told");
    };
    await run.start({ records: 6, handlers: [on(exactlyOnce, waiting)] });
    await run.pass(2);
    await run.until("handle 4");
    await run.fail(4, "STORE_FAILED");
    await expect(run.ended).rejects.toMatchObject({ code: "STORE_FAILED" });
    expect(run.story.slice(-3)).toEqual(["handle 4", "told", "release"]);
  });
});

describe("a run that is to end while a commit is on its way", () => {
  it("finishes the record in hand, and commits it behind", async () => {
    const { run, on } = heldRun();
    let goOn = (): void => {};
    const waiting: HandlerFunction<Event> = async (event) => {
      if (numberOf(event) === 4) await new Promise<void>((resolve) => (goOn = resolve));
    };
    await run.start({ records: 6, handlers: [on(exactlyOnce, waiting)] });
    await run.pass(2);
    await run.until("handle 4");
    run.stop();
    await run.still();
    goOn();
    await run.pass(4);
    await run.pass(5);
    await run.ended;
    expect(run.story.slice(8)).toEqual([
      ...["commit 4", "handle 4", "committed 4"].slice(1),
      ...["commit 5", "committed 5", "release"],
    ]);
  });

  it("waits neither for it nor for a handler longer than it may", async () => {
    const { run, on } = heldRun();
    const stuck: HandlerFunction<Event> = async (event) => {
      if (numberOf(event) === 4) await new Promise<void>(() => {});
    };
    await run.start({ records: 6, handlers: [on(exactlyOnce, stuck)], drainTimeoutMs: 5 });
    await run.pass(2);
    await run.until("handle 4");
    run.stop();
    await run.ended;
    expect(run.story.slice(-3)).toEqual(["commit 4", "handle 4", "release"]);
    expect(await run.acknowledged()).toBe(2);
  });

  it("does not wait for ever where nobody knows what became of it, and nothing is behind it", async () => {
    const { run, on } = heldRun();
    await run.start({ records: 4, handlers: [on(exactlyOnce)], drainTimeoutMs: 5 });
    await run.pass(2);
    await run.until("commit 4");
    run.stop();
    await run.ended;
    expect(run.story.slice(-2)).toEqual(["commit 4", "release"]);
  });
});

async function notes({ store }: HeldRun): Promise<unknown[]> {
  return (await recordsIn(store, "orders-requests")).map(({ data }) => data["n"]);
}
