import { afterEach, describe, expect, it } from "vitest";
import { of } from "../../src/cases/scenario/of.js";
import type { Run } from "../../src/cases/testee.js";
import { AdapterError } from "../../src/testee/adapter-error.js";
import { Killed } from "../../src/testee/killed.js";
import { TesteeProcess } from "../../src/testee/testee-process.js";
import { DECODE, fixture } from "../fixtures/fixture.js";

const started: TesteeProcess[] = [];

async function start(mode = "answers", timeoutMs = 20_000): Promise<TesteeProcess> {
  const testee = await TesteeProcess.start({ ...fixture(mode), timeoutMs });
  started.push(testee);
  return testee;
}

/** A run that says these events at once: an id for `invoked`, or any other event. */
function say(testee: TesteeProcess, ...events: readonly (string | object)[]): Promise<Run> {
  const all = events.map((event) =>
    typeof event === "string" ? { invoked: { delivery: { handler: event } } } : event,
  );
  return testee.startRun({ handlers: all.map((event) => ({ id: JSON.stringify(event) })) });
}

afterEach(() => Promise.all(started.splice(0).map((testee) => testee.destroy())));

describe("a run", () => {
  it("hands out each event once, and keeps them all", async () => {
    const run = await say(await start(), "a", { gate: { name: "g" } }, "b", "c");
    const c = await run.next("invoked", ({ delivery }) => delivery?.handler === "c");
    expect(c.delivery?.handler).toBe("c");
    expect((await run.next("gate")).name).toBe("g");
    expect((await run.next("invoked")).delivery?.handler).toBe("a");
    expect((await run.next("invoked")).delivery?.handler).toBe("b");
    expect(run.events.map((event) => event.case)).toEqual(["invoked", "gate", "invoked", "invoked"]);
    expect(run.isActive).toBe(true);
  });

  it("waits for what comes later, and ends when it is told to", async () => {
    const run = await say(await start());
    const next = run.next("invoked");
    await run.release("later");
    expect((await next).delivery?.handler).toBe("later");
    expect(await run.stop()).toMatchObject({ case: "done" });
    expect(run.isActive).toBe(false);
    await expect(run.next("gate")).rejects.toMatchObject({ anomaly: "RUN-ENDED" });
  });

  it("surprises nobody who has stopped waiting when its process is killed", async () => {
    const testee = await start();
    const run = await say(testee);
    // It must not answer before it is killed.
    testee.pause();
    // Where one of these were rejected and nobody had seen to it, this process would end.
    void run.next("gate");
    void run.stop();
    await testee.kill();
    expect(await run.ended()).toEqual({ case: "killed" });
  });

  it("tells an error from an end in order", async () => {
    const run = await say(await start(), { fatal: { message: "no" } });
    expect(await run.ended()).toMatchObject({ case: "fatal", value: { message: "no" } });
  });

  it("is out of time if it is silent, but not while nothing is waited for", async () => {
    const testee = await start("answers", 100);
    const run = await say(testee, { gate: { name: "g" } });
    await run.next("gate");
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(run.isActive).toBe(true);
    const silent = run.next("gate", of(2));
    const message = "nothing said within 0.1 s: the event `gate` of record 2 in h did not come";
    await expect(silent).rejects.toMatchObject({ anomaly: "TIMED-OUT", message });
    expect(testee.takeFault()).toMatchObject({ anomaly: "TIMED-OUT" });
  });

  it.each([
    ["after its end", [{ done: {} }, "a"]],
    ["that is empty", [{}]],
  ])("must not say an event %s", async (_, events) => {
    const testee = await start();
    const run = await say(testee, ...events).catch(() => undefined);
    await expect.poll(() => run?.isActive ?? false).toBe(false);
    await expect.poll(() => testee.takeFault()).toBeInstanceOf(AdapterError);
  });
});

describe("a process that is killed on purpose", () => {
  it("leaves the journal of what it said, and no fault", async () => {
    const testee = await start("half-a-line");
    const run = await say(testee, "a", "b");
    await testee.kill();
    expect(run.events).toHaveLength(2);
    expect(await run.ended()).toEqual({ case: "killed" });
    expect(testee.takeFault()).toBeUndefined();
  });

  it("rejects what is in flight, and is started again by the next call", async () => {
    const testee = await start("hangs");
    const first = testee.pid;
    const pending = testee.call(DECODE);
    await testee.kill();
    await expect(pending).rejects.toThrow(Killed);
    await say(testee);
    expect(testee.pid).not.toBe(first);
    expect(testee.takeFault()).toBeUndefined();
  });

  it("or that was to die, did nothing wrong", async () => {
    const testee = await start("dies");
    const run = await say(testee);
    const pending = testee.call(DECODE);
    await testee.died();
    await expect(pending).rejects.toMatchObject({ anomaly: "CRASHED" });
    expect(await run.ended()).toEqual({ case: "killed" });
    expect(testee.takeFault()).toBeUndefined();
  });

  it("is at fault if it was to die and does not, or was not to and does", async () => {
    await expect((await start("answers", 20)).died()).rejects.toMatchObject({ anomaly: "TIMED-OUT" });
    const testee = await start("dies");
    const run = await say(testee);
    testee.call(DECODE).catch(() => {});
    expect(await run.ended()).toEqual({ case: "killed" });
    expect(testee.takeFault()).toMatchObject({ anomaly: "CRASHED" });
  });
});

describe("a process that is paused", () => {
  it("is not out of time before it goes on", async () => {
    const testee = await start("answers", 1_000);
    testee.pause();
    const call = testee.call(DECODE);
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    testee.resume();
    expect(await call).toMatchObject({ case: "failed" });
  });
});
