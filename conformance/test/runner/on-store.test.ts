import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { BindingName } from "../../src/cases/binding.js";
import type { BoundCase, BoundContext } from "../../src/cases/case.js";
import { Failure, NotFired } from "../../src/cases/failure.js";
import { claimText } from "../../src/runner/claim.js";
import { summarise } from "../../src/runner/profile-summary.js";
import type { RunOptions, RunResult } from "../../src/runner/run.js";
import { DECODE, fakeBoundCase, fixture, runCases } from "../fixtures/fixture.js";

type Run = BoundCase["run"];

function runOn(
  binding: BindingName | undefined,
  changes: Partial<BoundCase>,
  options: Partial<RunOptions> = {},
): Promise<RunResult> {
  return runCases([fakeBoundCase("store.one", changes)], {
    launch: fixture("stores"),
    ...(binding && { binding }),
    ...options,
  });
}

async function ended(pid: number): Promise<void> {
  await expect.poll(() => isAlive(pid)).toBe(false);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe("a case on a store", () => {
  it("has a process and a store of its own, of which nothing is left", async () => {
    const seen: BoundContext[] = [];
    const pids: number[] = [];
    const keep: Run = async (context) => {
      seen.push(context);
      pids.push(context.testee.pid, (await context.spawn()).pid);
      expect(existsSync(context.binding.open.location ?? "")).toBe(false);
    };
    const cases = [fakeBoundCase("store.one", { run: keep }), fakeBoundCase("store.two", { run: keep })];
    const { results, binding } = await runOn("sqlite", {}, { cases });
    expect(results.map(({ verdict }) => verdict)).toEqual(["PASS", "PASS"]);
    expect(binding).toEqual({ name: "sqlite", isSelfObserved: false });
    expect(new Set(seen.map((context) => context.binding.open.location)).size).toBe(2);
    expect(new Set(pids).size).toBe(4);
    for (const pid of pids) await ended(pid);
  });

  it.each<[string, Partial<BoundCase>, BindingName | undefined, string | undefined]>([
    ["the testee does not declare the binding", {}, "postgresql", "not declare binding.postgresql"],
    ["the testee does not declare a capability", { capabilities: ["state"] }, "memory", "not declare state"],
    ["it is for other bindings", { bindings: ["memory"] }, "sqlite", "not on SQLite"],
    ["the binding has no proxy", { needs: ["proxy"] }, "sqlite", "SQLite has no proxy"],
    ["the binding serves one process", { needs: ["processes"] }, "sqlite", "serves one process"],
  ])("is skipped if %s", async (_, changes, binding, message) => {
    const [result] = (await runOn(binding, changes)).results;
    expect(result).toMatchObject({ verdict: "SKIPPED", message: expect.stringContaining(message ?? "") });
  });

  it("is skipped by a testee that knows no store, and runs on SQLite by default", async () => {
    const [result] = (await runOn(undefined, {}, { launch: fixture("answers") })).results;
    expect(result).toMatchObject({ verdict: "SKIPPED", message: "the testee declares no binding" });
    expect((await runOn(undefined, {})).binding?.name).toBe("sqlite");
  });

  it("is tried three times if its fault does not happen, each time with another seed", async () => {
    const seeds: number[] = [];
    const misses: Run = async ({ seed }) => {
      seeds.push(seed);
      throw new NotFired("nothing was cut");
    };
    const [result] = (await runOn("memory", { run: misses })).results;
    expect(result).toMatchObject({ verdict: "INCONCLUSIVE", message: "nothing was cut", unexpected: true });
    expect(new Set(seeds).size).toBe(3);
    const hits: Run = async ({ seed }) => {
      if (seed !== seeds[1]) throw new NotFired("nothing was cut");
      throw new Failure("LOST", "a record");
    };
    const [second] = (await runOn("memory", { run: hits })).results;
    expect(second).toMatchObject({ verdict: "FAIL", anomaly: "LOST" });
  });

  it("may kill its testee, but is told if that dies by itself", async () => {
    const kills: Run = async ({ testee }) => {
      const pid = testee.pid;
      await testee.kill();
      await testee.call(DECODE);
      expect(testee.pid).not.toBe(pid);
    };
    expect((await runOn("memory", { run: kills })).results).toMatchObject([{ verdict: "PASS" }]);
    const crashed = expect.objectContaining({ verdict: "FAIL", anomaly: "CRASHED" });
    const waits: Run = async (context) => {
      const other = await context.spawn();
      process.kill(other.pid, "SIGKILL");
      await other.call(DECODE).catch(() => {});
    };
    expect((await runOn("memory", { run: waits })).results).toEqual([crashed]);
  });

  it("that waits in vain ends with the run", async () => {
    const controller = new AbortController();
    let pid = 0;
    const waits: Run = async ({ testee }) => {
      pid = testee.pid;
      controller.abort();
      await new Promise(() => {});
    };
    const { results } = await runOn("sqlite", { run: waits }, { signal: controller.signal });
    expect(results).toMatchObject([{ verdict: "INCONCLUSIVE", message: "the run was interrupted" }]);
    await ended(pid);
  });
});

describe("the claim of a run on a store", () => {
  it.each([
    ["sqlite", "Eventy 3.5 Store on SQLite"],
    ["memory", "Eventy 3.5 Store on memory (self-observed)"],
  ] as const)("names the binding: %s", async (name, claim) => {
    const { results, binding } = await runOn(name, {});
    const cases = results.map((result) => result.case);
    expect(claimText("3.5.0", summarise(results, cases), binding)).toBe(claim);
  });
});
