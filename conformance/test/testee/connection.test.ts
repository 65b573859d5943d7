import { afterEach, describe, expect, it } from "vitest";
import { Failure } from "../../src/cases/failure.js";
import { AdapterError } from "../../src/testee/adapter-error.js";
import { TesteeProcess } from "../../src/testee/testee-process.js";
import { DECODE, fixture } from "../fixtures/fixture.js";

const started: TesteeProcess[] = [];

async function start(mode: string, timeoutMs = 20_000): Promise<TesteeProcess> {
  const testee = await TesteeProcess.start({ ...fixture(mode), timeoutMs });
  started.push(testee);
  return testee;
}

afterEach(() => Promise.all(started.splice(0).map((testee) => testee.destroy())));

describe("a testee that answers", () => {
  it("says who it is", async () => {
    const testee = await start("answers");
    expect(testee.identity).toMatchObject({ implementation: "fixture", version: "1.2.3", pid: testee.pid });
    expect([...testee.capabilities]).toEqual(["codec.json"]);
  });

  it("may answer in another order", async () => {
    const testee = await start("out-of-order");
    const replies = await Promise.all([testee.call(DECODE), testee.call(DECODE), testee.call(DECODE)]);
    const messages = replies.map((reply) =>
      reply.case === "failed" ? Number(reply.value.message) : undefined,
    );
    expect(messages).toEqual([2, 3, 4]);
  });

  it("ends when it is asked to", async () => {
    const testee = await start("answers");
    await testee.stop();
    expect(isAlive(testee.pid)).toBe(false);
    await expect(testee.call(DECODE)).rejects.toThrow(/the testee ended \(exit status 0\)/);
  });
});

describe("a testee that breaks the protocol", () => {
  it.each([
    ["garbage", /not a Reply.*Hello, world!/s],
    ["not-utf8", /not UTF-8/],
    ["unknown-id", /"no such id", which is no command in flight/],
    ["wrong-kind", /answered `decode` with `encoded`/],
    ["empty-reply", /answered `decode` with nothing/],
  ])("%s is an error of the adapter", async (mode, message) => {
    const testee = await start(mode);
    const call = testee.call(DECODE);
    await expect(call).rejects.toThrow(AdapterError);
    await expect(call).rejects.toThrow(message);
    expect(testee.takeFault()).toBeInstanceOf(AdapterError);
  });

  it("is caught even if its reply comes first", async () => {
    const testee = await start("garbage-after");
    await testee.call(DECODE);
    await expect.poll(() => testee.takeFault()).toBeInstanceOf(AdapterError);
  });
});

describe("a testee that hangs", () => {
  it("is waited for as long as the least patient command in flight says", async () => {
    const testee = await start("hangs");
    const calls = await Promise.allSettled([testee.call(DECODE), testee.call(DECODE, 0.01)]);
    const messages = calls.map((call) => (call.status === "rejected" ? call.reason.message : "answered"));
    const message = "nothing said within 0.2 s: the reply to `decode` did not come";
    expect(messages).toEqual([message, message]);
  });
});

describe("a testee that dies", () => {
  it("fails every command in flight", async () => {
    const testee = await start("dies");
    const calls = await Promise.allSettled([testee.call(DECODE), testee.call(DECODE)]);
    for (const call of calls) {
      expect(call).toMatchObject({ status: "rejected", reason: { anomaly: "CRASHED" } });
    }
    expect(calls[0]).toMatchObject({ reason: { message: "the testee ended (exit status 3)" } });
  });

  it("leaves the last of its standard error", async () => {
    const testee = await start("dies");
    await expect(testee.call(DECODE)).rejects.toThrow(Failure);
    expect(testee.stderr).toMatch(/^x+the end$/);
    expect(testee.stderr.length).toBeLessThanOrEqual(16 * 1024);
  });

  it("said nothing with half a line", async () => {
    const testee = await start("dies-in-a-line");
    await expect(testee.call(DECODE)).rejects.toMatchObject({ anomaly: "CRASHED" });
  });

  it("is found out by the next call, and started again by the one after", async () => {
    const testee = await start("dies-after");
    const first = testee.pid;
    await testee.call(DECODE);
    await expect.poll(() => testee.call(DECODE).catch((error: unknown) => error)).toBeInstanceOf(Failure);
    await testee.call(DECODE);
    expect(testee.pid).not.toBe(first);
  });
});

describe("a testee that hangs", () => {
  it("is out of time, and shows what it was asked", async () => {
    const testee = await start("hangs", 50);
    const failure = await testee.call(DECODE).catch((error: unknown) => error);
    const message = "nothing said within 0.05 s: the reply to `decode` did not come";
    expect(failure).toMatchObject({ anomaly: "TIMED-OUT", message });
    expect(failure).toMatchObject({ history: expect.arrayContaining([expect.stringContaining("→ {")]) });
    await expect.poll(() => isAlive(testee.pid)).toBe(false);
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
