import { describe, expect, it } from "vitest";
import { currentScope } from "../../src/context/index.js";
import {
  atLeastOnce,
  atMostOnce,
  exactlyOnce,
  type Failure,
  type Guarantee,
  type Handler,
  type HandlerFunction,
  type HandlerOptions,
  handleBatch,
  onEvent,
  retry,
} from "../../src/processing/index.js";
import type { Event } from "../../src/record/index.js";
import { EventyError } from "../../src/record/index.js";
import { decoded, FakeClaim, jobOf, numberOf, orders, storedAt, tick, ticks } from "./fake-claim.js";

function on(guarantee: Guarantee, handle: HandlerFunction<Event>, options?: HandlerOptions): Handler {
  return onEvent(orders, "Tick", guarantee, handle, options);
}

/** Notes each tick, and fails at some. */
function noting(...failing: number[]): HandlerFunction<Event> {
  return async function* (event) {
    yield orders.event("Noted", { data: { n: numberOf(event) } });
    if (failing.includes(numberOf(event))) throw new RangeError(`${numberOf(event)} is bad`);
  };
}

describe("a batch without failures", () => {
  it("is appended for at-least-once handlers, and then acknowledged", async () => {
    const claim = new FakeClaim();
    expect(await handleBatch(ticks(2), jobOf(claim, [on(atLeastOnce, noting())]))).toBe(true);
    expect(claim.story).toEqual(["append Noted 0, Noted 1", "commit 2"]);
  });

  it("is one transaction for exactly-once handlers", async () => {
    const claim = new FakeClaim();
    await handleBatch(ticks(2), jobOf(claim, [on(exactlyOnce, noting())]));
    expect(claim.story).toEqual(["commit 2: Noted 0, Noted 1"]);
  });

  it("is acknowledged before at-most-once handlers are called", async () => {
    const claim = new FakeClaim();
    const seen: string[][] = [];
    const handler = on(atMostOnce, async function* (event) {
      seen.push(claim.story);
      yield* (await noting()(event, {} as never)) as AsyncIterable<never>;
    });
    await handleBatch(ticks(2), jobOf(claim, [handler]));
    expect(seen).toEqual([["commit 2"], ["commit 2"]]);
    expect(claim.story).toEqual(["commit 2", "append Noted 0, Noted 1"]);
  });

  it("is acknowledged up to where the store says, offsets without records included", async () => {
    const claim = new FakeClaim();
    await handleBatch(
      { records: [tick(3), tick(7)], next: 12 },
      jobOf(claim, [on(atLeastOnce, noting(7), { onError: "skip" })]),
    );
    expect(claim.story).toEqual(["append Noted 3", "commit 7", "commit 12"]);
  });

  it("is appended in chunks while a handler yields", async () => {
    const claim = new FakeClaim();
    const many = on(atLeastOnce, async function* () {
      for (let n = 0; n < 1200; n++) yield orders.event("Noted", { data: { n } });
    });
    await handleBatch(ticks(1), jobOf(claim, [many]));
    expect(claim.steps.map((step) => ("append" in step ? step.append.length : "commit"))).toEqual([
      500,
      500,
      200,
      "commit",
    ]);
  });

  it("takes 100,000 outputs of one record", async () => {
    const claim = new FakeClaim();
    const many = on(exactlyOnce, async function* () {
      for (let n = 0; n < 100_000; n++) yield orders.event("Noted", { data: { n } });
    });
    await handleBatch(ticks(1), jobOf(claim, [many]));
    expect(claim.steps.map((step) => ("commit" in step ? step.commit.records?.length : "append"))).toEqual([
      100_000,
    ]);
  });

  it("gives records to those who want them only", async () => {
    const claim = new FakeClaim();
    const other = onEvent(orders, "Tock", exactlyOnce, noting());
    await handleBatch(ticks(2), jobOf(claim, [other]));
    expect(claim.story).toEqual(["commit 2"]);
  });

  it("accepts what a function gives that is no generator", async () => {
    const claim = new FakeClaim();
    const draft = orders.event("Noted", { data: { n: 1 } });
    const handlers = [
      on(exactlyOnce, async () => [draft], { id: "list" }),
      on(exactlyOnce, async () => {}, { id: "nothing" }),
      on(exactlyOnce, async () => undefined, { id: "undefined" }),
      on(exactlyOnce, () => [draft, draft], { id: "at once" }),
    ];
    await handleBatch(ticks(1), jobOf(claim, handlers));
    expect(claim.story).toEqual(["commit 1: Noted 1, Noted 1, Noted 1"]);
  });

  it("is handled in the scope of each record, with the same uuids each time", async () => {
    const claim = new FakeClaim();
    const scopes: unknown[] = [];
    const handler = on(exactlyOnce, async function* (event) {
      scopes.push(currentScope()?.record === event);
      yield orders.event("Noted", { data: { n: 1 }, uuid: "11111111-1111-4111-8111-111111111111" });
      yield orders.event("Noted", { data: { n: 2 } });
      scopes.push(currentScope()?.record === event);
    });
    const job = jobOf(claim, [handler]);
    await handleBatch(ticks(1), job);
    await handleBatch(ticks(1), job);

    const [first, again] = claim.steps.map((step) =>
      "commit" in step ? (step.commit.records ?? []).map(({ value }) => decoded(value)) : [],
    );
    expect(scopes).toEqual([true, true, true, true]);
    expect(first?.map(({ uuid }) => uuid)).toEqual(again?.map(({ uuid }) => uuid));
    expect(first?.[1]?.correlationId).toBe(decoded(tick(0).value).correlationId);
  });
});

describe("a handler that fails", () => {
  it("stops the group after the records before it, with what it threw as the cause", async () => {
    const claim = new FakeClaim();
    const handling = handleBatch(ticks(4), jobOf(claim, [on(exactlyOnce, noting(2), { id: "note" })]));
    await expect(handling).rejects.toMatchObject({
      code: "HANDLER_FAILED",
      message: "note stops group orders in orders-events/0 at offset 2: 2 is bad",
      cause: new RangeError("2 is bad"),
    });
    expect(claim.story).toEqual(["commit 2: Noted 0, Noted 1"]);
  });

  it("may have left outputs behind if it is called at least once, and leaves none if a chunk was not full", async () => {
    const claim = new FakeClaim();
    await expect(handleBatch(ticks(4), jobOf(claim, [on(atLeastOnce, noting(2))]))).rejects.toThrow(
      EventyError,
    );
    expect(claim.story).toEqual(["append Noted 0, Noted 1", "commit 2"]);
  });

  it("is called again, alone, while the records behind wait, and others that have finished are not", async () => {
    const claim = new FakeClaim();
    const calls: string[] = [];
    let left = 2;
    const failing = on(
      exactlyOnce,
      async function* (event, { attempt }) {
        calls.push(`${numberOf(event)} #${attempt}`);
        yield orders.event("Noted", { data: { n: numberOf(event) } });
        if (numberOf(event) === 1 && left-- > 0) throw new RangeError("bad");
      },
      { onError: retry({ times: 3, delayMs: 0 }) },
    );
    const finished: number[] = [];
    const other = on(atLeastOnce, async (event) => void finished.push(numberOf(event)));
    const retries: (readonly [number, string])[] = [];
    const hooks = { onRetry: ({ attempts, error }: Failure) => void retries.push([attempts, error.message]) };

    expect(await handleBatch(ticks(3), jobOf(claim, [other, failing], { hooks }))).toBe(true);

    expect(calls).toEqual(["0 #1", "1 #1", "1 #2", "1 #3", "2 #1"]);
    expect(finished).toEqual([0, 1, 2]);
    expect(retries).toEqual([
      [1, "bad"],
      [2, "bad"],
    ]);
    expect(claim.story).toEqual(["commit 1: Noted 0", "commit 2: Noted 1", "commit 3: Noted 2"]);
  });

  it("is called no more often than its policy says, and then what it says is done", async () => {
    const claim = new FakeClaim();
    let calls = 0;
    const handler = on(
      exactlyOnce,
      async () => {
        calls++;
        throw new RangeError("bad");
      },
      { onError: retry({ times: 2, delayMs: 0, orElse: "skip" }) },
    );
    const skipped: Failure[] = [];
    await handleBatch(
      ticks(1),
      jobOf(claim, [handler], { hooks: { onSkipped: (f) => void skipped.push(f) } }),
    );
    expect(calls).toBe(3);
    expect(skipped.map(({ handler, attempts }) => [handler, attempts])).toEqual([
      ["event:urn:orders:Tick:exactly-once", 3],
    ]);
    expect(claim.story).toEqual(["commit 1"]);
  });

  it("makes a dead letter in the transaction of the acknowledgement, and others have their turn", async () => {
    const claim = new FakeClaim();
    const failing = on(atLeastOnce, noting(1), { id: "failing", onError: "deadLetter" });
    const fine = on(exactlyOnce, noting(), { id: "fine" });
    const letters: Failure[] = [];
    const hooks = { onDeadLetter: (failure: Failure) => void letters.push(failure) };
    const now = (): number => Date.UTC(2024, 1, 29, 10, 34, 56, 999);

    await handleBatch(ticks(3), jobOf(claim, [failing, fine], { hooks, now }));

    expect(claim.story).toEqual([
      "append Noted 0",
      "commit 1: Noted 0",
      "commit 2: dead letter, Noted 1",
      "append Noted 2",
      "commit 3: Noted 2",
    ]);
    const commit = claim.steps[2];
    expect(commit !== undefined && "commit" in commit && commit.commit.records?.[0]).toEqual({
      topic: "orders-dead-letters",
      key: null,
      value: tick(1).value,
      headers: {
        "content-type": "application/vnd.eventy.v3+json",
        "eventy-dead-letter-topic": "orders-events",
        "eventy-dead-letter-partition": "0",
        "eventy-dead-letter-offset": "1",
        "eventy-dead-letter-group": "orders",
        "eventy-dead-letter-handler": "failing",
        "eventy-dead-letter-attempts": "1",
        "eventy-dead-letter-error": "HANDLER_FAILED: 1 is bad",
        "eventy-dead-letter-at": "2024-02-29T10:34:56.999+00:00",
      },
    });
    expect(letters.map(({ handler }) => handler)).toEqual(["failing"]);
  });

  it("leaves nothing of an exactly-once handler behind that succeeded for the same record", async () => {
    const claim = new FakeClaim();
    const fine = on(exactlyOnce, noting(), { id: "fine" });
    const failing = on(exactlyOnce, noting(1), { id: "failing" });
    await expect(handleBatch(ticks(2), jobOf(claim, [fine, failing]))).rejects.toThrow(EventyError);
    expect(claim.story).toEqual(["commit 1: Noted 0, Noted 0"]);
  });

  it.each([
    ["a record instead of a draft", () => [decoded(tick(0).value)], "INVALID_ARGUMENT"],
    [
      "another service's event",
      () => [new (Object.getPrototypeOf(orders).constructor)("shop").event("X")],
      "CONTEXT_VIOLATION",
    ],
    ["a response to no request", () => [orders.response("X")], "CONTEXT_VIOLATION"],
    [
      "what JSON cannot carry",
      () => [orders.event("X", { data: { bytes: new Uint8Array(1) } })],
      "UNENCODABLE",
    ],
  ])("has failed when it gives %s", async (_, handle, code) => {
    const letters: Failure[] = [];
    const handler = on(exactlyOnce, handle as never, { onError: "deadLetter" });
    const hooks = { onDeadLetter: (failure: Failure) => void letters.push(failure) };
    await handleBatch(ticks(1), jobOf(new FakeClaim(), [handler], { hooks }));
    expect(letters.map(({ error }) => error.code)).toEqual([code]);
  });

  it("gets all of the buffer for one record, and has failed beyond it", async () => {
    const claim = new FakeClaim();
    const large = on(
      exactlyOnce,
      async function* (event) {
        const count = numberOf(event) === 2 ? 3 : 2;
        for (let i = 0; i < count; i++)
          yield orders.event("Noted", { data: { n: numberOf(event), text: "x".repeat(1000) } });
      },
      { onError: "skip" },
    );
    const skipped: Failure[] = [];
    const hooks = { onSkipped: (failure: Failure) => void skipped.push(failure) };
    await handleBatch(ticks(4), jobOf(claim, [large], { hooks, bufferBytes: 3500 }));
    expect(claim.story).toEqual([
      "commit 1: Noted 0, Noted 0",
      "commit 2: Noted 1, Noted 1",
      "commit 3",
      "commit 4: Noted 3, Noted 3",
    ]);
    expect(skipped.map(({ error }) => error.code)).toEqual(["LIMIT_EXCEEDED"]);
  });

  it("that gives a list too late has given nothing", async () => {
    const claim = new FakeClaim();
    let goOn = (): void => {};
    const late = on(
      exactlyOnce,
      async () => {
        await new Promise<void>((resolve) => {
          goOn = resolve;
        });
        return [orders.event("Noted", { data: { n: 99 } })];
      },
      { id: "late", onError: "skip", timeoutMs: 5 },
    );
    const next = on(exactlyOnce, async () => {
      goOn();
      await new Promise(setImmediate);
    });
    await handleBatch(ticks(1), jobOf(claim, [late, next]));
    expect(claim.story).toEqual(["commit 1"]);
  });

  it("has failed when it takes too long, and nothing counts that it does afterwards", async () => {
    const claim = new FakeClaim();
    let goOn = (): void => {};
    const stuck = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let ended: unknown = "not yet";
    const slow = on(
      exactlyOnce,
      async function* (_, { signal, state }) {
        try {
          await stuck;
          yield orders.event("Noted", { data: { n: 99 } });
        } finally {
          try {
            state("x").set("key", 1);
          } catch (error) {
            ended = error;
          }
          expect(signal.aborted).toBe(true);
        }
      },
      { onError: "skip", timeoutMs: 5 },
    );
    const skipped: Failure[] = [];
    const hooks = { onSkipped: (failure: Failure) => void skipped.push(failure) };
    await handleBatch(ticks(1), jobOf(claim, [slow], { hooks }));
    goOn();
    await new Promise(setImmediate);

    expect(claim.story).toEqual(["commit 1"]);
    expect(skipped.map(({ error }) => error.message)).toEqual(["the handler did not finish within 5 ms"]);
    expect(ended).toMatchObject({ code: "INVALID_ARGUMENT" });
  });
});

describe("at-most-once handlers", () => {
  it("have their turn for each record, also behind one that fails", async () => {
    const claim = new FakeClaim();
    const seen: number[] = [];
    const handler = on(atMostOnce, async function* (event) {
      seen.push(numberOf(event));
      yield* noting(1)(event, {} as never) as AsyncIterable<never>;
    });
    await expect(handleBatch(ticks(3), jobOf(claim, [handler]))).rejects.toMatchObject({
      code: "HANDLER_FAILED",
    });
    expect(seen).toEqual([0, 1, 2]);
    expect(claim.story).toEqual(["commit 3", "append Noted 0, Noted 2"]);
  });

  it("make dead letters afterwards", async () => {
    const claim = new FakeClaim();
    const handler = on(atMostOnce, noting(0), { onError: "deadLetter" });
    await handleBatch(ticks(2), jobOf(claim, [handler]));
    expect(claim.story).toEqual(["commit 2", "append dead letter, Noted 1"]);
  });

  it("are not called where the acknowledgement failed, and have all their turns where an append fails", async () => {
    const claim = new FakeClaim();
    let calls = 0;
    const handler = on(atMostOnce, async function* (event) {
      calls++;
      yield orders.event("Noted", { data: { n: numberOf(event) } });
    });
    claim.errors.push(new EventyError("FENCED", "taken over"));
    await expect(handleBatch(ticks(2), jobOf(claim, [handler]))).rejects.toMatchObject({ code: "FENCED" });
    expect(calls).toBe(0);

    claim.errors.push(undefined, new EventyError("OUTCOME_UNKNOWN", "cut off"));
    await expect(handleBatch(ticks(2), jobOf(claim, [handler]))).rejects.toMatchObject({
      code: "OUTCOME_UNKNOWN",
    });
    expect(calls).toBe(2);
    expect(claim.story).toEqual(["commit 2"]);
  });
});

describe("what cannot be decoded", () => {
  const bad = storedAt(1, Buffer.from("{"));

  it("is a dead letter, and everything else is handled in the same transaction", async () => {
    const claim = new FakeClaim();
    const batch = { records: [tick(0), bad, storedAt(2, null), tick(3)], next: 4 };
    await handleBatch(batch, jobOf(claim, [on(exactlyOnce, noting())]));
    expect(claim.story).toEqual(["commit 4: Noted 0, dead letter, dead letter, Noted 3"]);
    const commit = claim.steps[0];
    const letter = commit !== undefined && "commit" in commit ? commit.commit.records?.[1] : undefined;
    expect(letter?.headers).not.toHaveProperty("eventy-dead-letter-handler");
    expect(letter?.headers?.["eventy-dead-letter-error"]).toMatch(/^MALFORMED: /);
  });

  it("stops the group if that is asked, after the records before it", async () => {
    const claim = new FakeClaim();
    const batch = { records: [tick(0), bad, tick(2)], next: 3 };
    const job = jobOf(claim, [on(exactlyOnce, noting())], { undecodable: "stop" });
    await expect(handleBatch(batch, job)).rejects.toMatchObject({ code: "MALFORMED" });
    expect(claim.story).toEqual(["commit 1: Noted 0"]);
  });

  it("is left out if that is asked", async () => {
    const claim = new FakeClaim();
    const skipped: Failure[] = [];
    const hooks = { onSkipped: (failure: Failure) => void skipped.push(failure) };
    const batch = { records: [bad, tick(2)], next: 3 };
    await handleBatch(batch, jobOf(claim, [on(exactlyOnce, noting())], { undecodable: "skip", hooks }));
    expect(claim.story).toEqual(["commit 3: Noted 2"]);
    expect(skipped.map(({ handler, stored }) => [handler, stored.offset])).toEqual([[null, 1]]);
  });
});
