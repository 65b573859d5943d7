import { describe, expect, it } from "vitest";
import { CrashGuard } from "../../src/processing/crash-guard.js";
import {
  atLeastOnce,
  atMostOnce,
  exactlyOnce,
  OwnMarks,
  onEvent,
  readDeadLetter,
} from "../../src/processing/index.js";
import { EventyError } from "../../src/record/index.js";
import { FakeClaim, jobOf, numberOf, orders, storedAt, tick, ticks } from "./fake-claim.js";

const seen: string[] = [];
const handler = onEvent(orders, "Tick", exactlyOnce, async (event, { attempt }) => {
  seen.push(`${numberOf(event)} #${attempt}`);
});

function guarded(claim: FakeClaim, handlers = [handler], marks = new OwnMarks()): CrashGuard {
  seen.length = 0;
  return new CrashGuard(claim, jobOf(claim, handlers), 3, marks);
}

describe("a crash guard", () => {
  it("marks the first batch, and no other", async () => {
    const claim = new FakeClaim();
    const guard = guarded(claim);
    await guard.handle(ticks(2));
    await guard.handle({ records: [tick(2)], next: 3 });
    expect(claim.story).toEqual(["mark 0-2 0", "commit 2", "commit 3"]);
  });

  it("marks nothing where records are acknowledged before handlers are called", async () => {
    const claim = new FakeClaim();
    await guarded(claim, [onEvent(orders, "Tick", atMostOnce, async () => {})]).handle(ticks(2));
    expect(claim.story).toEqual(["commit 2"]);
  });

  it("tries records one by one after a crash, and counts for the one that was tried last", async () => {
    const claim = new FakeClaim({ offset: 1, until: 3, attempt: 1 });
    await guarded(claim).handle({ records: [1, 2, 3, 4].map((n) => tick(n)), next: 5 });
    expect(claim.story).toEqual(["mark 1-3 2", "commit 2", "mark 2-3 1", "commit 3", "commit 5"]);
    expect(seen).toEqual(["1 #2", "2 #1", "3 #1", "4 #1"]);
  });

  it("suspects nobody whom the mark of a finished batch is about", async () => {
    const claim = new FakeClaim({ offset: 0, until: 2, attempt: 0 });
    await guarded(claim).handle({ records: [tick(2)], next: 3 });
    expect(claim.story).toEqual(["mark 2-3 0", "commit 3"]);
  });

  it("makes a dead letter of a record that was tried too often, without looking at it, and goes on behind it", async () => {
    const claim = new FakeClaim({ offset: 0, until: 2, attempt: 3 });
    const bytes = Buffer.from("bytes that end whoever decodes them");
    await guarded(claim).handle({ records: [storedAt(0, bytes), tick(1), tick(2)], next: 3 });

    expect(claim.story).toEqual(["commit 1: dead letter", "mark 1-2 1", "commit 2", "commit 3"]);
    expect(seen).toEqual(["1 #1", "2 #1"]);
    const commit = claim.steps[0];
    const letter = commit !== undefined && "commit" in commit ? commit.commit.records?.[0] : undefined;
    expect(letter?.value).toBe(bytes);
    expect(readDeadLetter(letter?.headers ?? {})).toEqual({
      position: { topic: "orders-events", partition: 0, offset: 0 },
      group: "orders",
      handler: null,
      attempts: 3,
      error: "HANDLER_FAILED: ended the process 3 times",
      headers: { "content-type": "application/vnd.eventy.v3+json" },
    });
  });

  it.each([
    ["a batch", null, { offset: 0, until: 2, attempt: 0 }, ["mark 0-2 0", "commit 2"]],
    [
      "a record alone",
      { offset: 0, until: 2, attempt: 1 },
      { offset: 0, until: 2, attempt: 2 },
      ["mark 0-2 2", "commit 1", "mark 1-2 1", "commit 2"],
    ],
  ])(
    "counts no attempt of this process, which lives: it had %s in hand when it lost the partition",
    async (_, found, mark, story) => {
      const marks = new OwnMarks();
      const lost = new FakeClaim(found);
      lost.errors.push(undefined, new EventyError("FENCED", "another one has the partition"));
      await expect(guarded(lost, [handler], marks).handle(ticks(2))).rejects.toMatchObject({
        code: "FENCED",
      });

      const again = new FakeClaim(mark);
      await guarded(again, [handler], marks).handle(ticks(2));
      expect(again.story).toEqual(story);
    },
  );

  it("counts an attempt of another process that found a mark of this one", async () => {
    const marks = new OwnMarks();
    const lost = new FakeClaim();
    lost.errors.push(undefined, new EventyError("FENCED", "another one has the partition"));
    await expect(guarded(lost, [handler], marks).handle(ticks(2))).rejects.toMatchObject({ code: "FENCED" });

    const again = new FakeClaim({ offset: 0, until: 2, attempt: 3 });
    await guarded(again, [handler], marks).handle(ticks(2));
    expect(again.story).toEqual(["commit 1: dead letter", "mark 1-2 1", "commit 2"]);
  });

  it("begins no record when the run is asked to end", async () => {
    const claim = new FakeClaim({ offset: 0, until: 3, attempt: 0 });
    const stopping = onEvent(orders, "Tick", atLeastOnce, async () => claim.stopping.abort());
    expect(await guarded(claim, [stopping]).handle(ticks(3))).toBe(false);
    expect(claim.story).toEqual(["mark 0-3 1", "commit 1"]);
  });
});
