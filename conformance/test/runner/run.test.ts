import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PlainCase } from "../../src/cases/case.js";
import { Failure, Inconclusive } from "../../src/cases/failure.js";
import { parseKnownFailing } from "../../src/runner/known-failing.js";
import type { CaseResult } from "../../src/runner/result.js";
import type { RunOptions } from "../../src/runner/run.js";
import { DECODE, fakeCase, fixture, runCases } from "../fixtures/fixture.js";

async function runOne(changes: Partial<PlainCase>, options?: Partial<RunOptions>): Promise<CaseResult> {
  const { results } = await runCases([fakeCase("codec.json.one", changes)], options);
  const [result] = results;
  if (result === undefined || results.length !== 1) throw new Error("one case must have one result");
  return result;
}

describe("the verdict of a case", () => {
  it("is PASS if it returns", async () => {
    expect(await runOne({})).toMatchObject({ verdict: "PASS", unexpected: false });
  });

  it("is FAIL if it throws a Failure, with all that the Failure shows", async () => {
    const details = { requirement: "REC-001", expected: "1", actual: "2", history: ["→ a", "← b"] };
    const result = await runOne({
      run: () => Promise.reject(new Failure("WRONG-VALUE", "they differ", details)),
    });
    expect(result).toMatchObject({ verdict: "FAIL", anomaly: "WRONG-VALUE", unexpected: true, ...details });
  });

  it("is FAIL if a property throws a Failure", async () => {
    const result = await runOne({
      run: ({ seed }) =>
        fc.assert(
          fc.asyncProperty(fc.nat(), async () => {
            throw new Failure("REFUSED", "no");
          }),
          { seed },
        ),
    });
    expect(result).toMatchObject({ verdict: "FAIL", anomaly: "REFUSED", message: "no" });
  });

  it("is FAIL with the exchange if the testee dies", async () => {
    const run: PlainCase["run"] = async ({ testee }) => void (await testee.call(DECODE));
    const result = await runOne({ run }, { launch: fixture("dies") });
    expect(result).toMatchObject({ verdict: "FAIL", anomaly: "CRASHED" });
    expect(result.history?.at(-1)).toContain('"decode"');
    expect(result.stderr).toContain("the end");
  });

  it("is FAIL if the testee died and the case did not mind", async () => {
    const run: PlainCase["run"] = async ({ testee }) => void (await testee.call(DECODE).catch(() => {}));
    expect(await runOne({ run }, { launch: fixture("dies") })).toMatchObject({ anomaly: "CRASHED" });
  });

  it("is ADAPTER_ERROR if the testee writes garbage, whatever the case makes of it", async () => {
    const swallows: PlainCase["run"] = async ({ testee }) => void (await testee.call(DECODE).catch(() => {}));
    const misreads: PlainCase["run"] = async (context) => {
      await swallows(context);
      throw new Failure("REFUSED", "refused");
    };
    for (const run of [swallows, misreads]) {
      const result = await runOne({ run }, { launch: fixture("garbage") });
      expect(result).toMatchObject({ verdict: "ADAPTER_ERROR", unexpected: true });
    }
  });

  it("is SKIPPED if the testee does not declare a capability", async () => {
    expect(await runOne({ capabilities: ["codec.json", "codec.avro"] })).toMatchObject({
      verdict: "SKIPPED",
      message: "the testee does not declare codec.avro",
      unexpected: false,
    });
  });

  it.each([
    [new Inconclusive("nothing happened"), "nothing happened"],
    [new TypeError("oops"), "the case itself is broken: TypeError: oops"],
  ])("is INCONCLUSIVE, which is red, for %s", async (error, message) => {
    const result = await runOne({ run: () => Promise.reject(error) });
    expect(result).toMatchObject({ verdict: "INCONCLUSIVE", unexpected: true });
    expect(result.message).toContain(message);
  });
});

describe("known failures", () => {
  const knownFailing = parseKnownFailing("codec.json.*  # it is old", "list");
  const fails: PlainCase["run"] = () => Promise.reject(new Failure("REFUSED", "no"));

  it("are as expected when they fail", async () => {
    const result = await runOne({ run: fails }, { knownFailing });
    expect(result).toMatchObject({ verdict: "FAIL", unexpected: false, knownFailing: "it is old" });
  });

  it("are unexpected when they pass", async () => {
    expect(await runOne({}, { knownFailing })).toMatchObject({ verdict: "PASS", unexpected: true });
  });

  it("excuse no broken adapter", async () => {
    const run: PlainCase["run"] = async ({ testee }) => void (await testee.call(DECODE));
    const result = await runOne({ run }, { knownFailing, launch: fixture("garbage") });
    expect(result).toMatchObject({ verdict: "ADAPTER_ERROR", unexpected: true });
  });

  it("do not hold back a profile when they are smoke cases", async () => {
    const { results } = await runCases(
      [fakeCase("codec.json.one", { run: fails, smoke: true }), fakeCase("codec.json.two")],
      { knownFailing: parseKnownFailing("codec.json.one # it is old", "list") },
    );
    expect(results.map(({ verdict }) => verdict)).toEqual(["FAIL", "PASS"]);
  });
});

describe("smoke cases", () => {
  const cases = [
    fakeCase("codec.json.rest"),
    fakeCase("context.rest", { profile: "context" }),
    fakeCase("codec.json.smoke", { smoke: true, run: () => Promise.reject(new Failure("REFUSED", "no")) }),
  ];

  it("run first, and hold back the rest of their profile if they fail", async () => {
    const order: string[] = [];
    const finished = (result: CaseResult): void => void order.push(result.case.id);
    const { results } = await runCases(cases, {
      observer: { progress: () => {}, finished },
    });
    expect(order).toEqual(["codec.json.smoke", "codec.json.rest", "context.rest"]);
    expect(results.map(({ verdict }) => verdict)).toEqual(["INCONCLUSIVE", "PASS", "FAIL"]);
    expect(results[0]).toMatchObject({ unexpected: true, message: expect.stringContaining("smoke") });
  });

  it("hold nothing back if that is not wanted", async () => {
    const { results } = await runCases(cases, { smoke: false });
    expect(results.map(({ verdict }) => verdict)).toEqual(["PASS", "PASS", "FAIL"]);
  });
});

describe("a run", () => {
  it("has a result for each case if the testee never starts", async () => {
    const cases = [fakeCase("codec.json.one"), fakeCase("codec.json.two")];
    const { results, identity } = await runCases(cases, { launch: fixture("never-starts"), parallel: 2 });
    expect(identity).toBeUndefined();
    expect(results.map(({ verdict }) => verdict)).toEqual(["ADAPTER_ERROR", "ADAPTER_ERROR"]);
    expect(results[0]?.message).toContain("no database");
  });

  it("shares the cases among processes of the testee", async () => {
    const pids = new Map<string, number>();
    const arrived: (() => void)[] = [];
    // Neither case ends before both have begun.
    const run: PlainCase["run"] = async ({ testee }) => {
      pids.set(String(arrived.length), testee.pid);
      await new Promise<void>((resolve) => {
        arrived.push(resolve);
        if (arrived.length === 2) for (const one of arrived) one();
      });
    };
    const cases = [fakeCase("codec.json.one", { run }), fakeCase("codec.json.two", { run })];
    await runCases(cases, { parallel: 2 });
    expect(new Set(pids.values()).size).toBe(2);
  });

  it("goes on with a new process after a crash", async () => {
    const crash: PlainCase["run"] = async ({ testee }) => void (await testee.call(DECODE));
    const { results } = await runCases(
      [
        fakeCase("codec.json.one", { run: crash }),
        fakeCase("codec.json.two", { run: crash }),
        fakeCase("codec.json.x"),
      ],
      { launch: fixture("dies") },
    );
    expect(results.map(({ verdict }) => verdict)).toEqual(["FAIL", "FAIL", "PASS"]);
  });

  it("gives a case the same seed, whatever else runs", async () => {
    const seeds: number[] = [];
    const one = fakeCase("codec.json.one", { run: async ({ seed }) => void seeds.push(seed) });
    const two = fakeCase("codec.json.two", { run: async ({ seed }) => void seeds.push(seed) });
    await runCases([one]);
    await runCases([two, one]);
    const [alone, other, together] = seeds;
    expect(together).toBe(alone);
    expect(other).not.toBe(alone);
  });

  it("that is interrupted leaves no verdict on what did not finish", async () => {
    const controller = new AbortController();
    const run: PlainCase["run"] = async ({ testee }) => {
      const call = testee.call(DECODE);
      controller.abort();
      await call;
    };
    const { results } = await runCases([fakeCase("codec.json.one", { run }), fakeCase("codec.json.two")], {
      launch: fixture("hangs"),
      signal: controller.signal,
    });
    expect(results.map(({ verdict }) => verdict)).toEqual(["INCONCLUSIVE", "INCONCLUSIVE"]);
    expect(results[1]).toMatchObject({ message: "the run was interrupted" });
  });
});
