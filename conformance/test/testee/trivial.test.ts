import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import type { Case } from "../../src/cases/case.js";
import { Failure } from "../../src/cases/failure.js";
import { cases } from "../../src/cases/index.js";
import type { Testee } from "../../src/cases/testee.js";
import { FailedSchema } from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { PROTOCOL_VERSION } from "../../src/runner/protocol-version.js";
import type { CaseResult } from "../../src/runner/result.js";
import { run } from "../../src/runner/run.js";
import { resolveTestee } from "../../src/testee/resolve.js";
import type { Launch } from "../../src/testee/testee-process.js";

const signal = new AbortController().signal;
const smoke = cases.filter((one) => one.smoke);

/** How cases end against a testee. */
async function verdicts(
  testee: string,
  selected: readonly Case[],
  launch: Partial<Launch> = {},
): Promise<readonly CaseResult[]> {
  const { argv } = await resolveTestee(testee);
  const { results } = await run({
    launch: { argv, protocolVersion: PROTOCOL_VERSION, ...launch },
    cases: selected,
    seed: 1,
    runs: 10,
    parallel: 2,
    knownFailing: [],
    smoke: false,
    signal,
    observer: { progress: () => {}, finished: () => {} },
  });
  expect(results).toHaveLength(selected.length);
  return results;
}

/** The cases that pass if every call has the same outcome. */
async function passing(call: Testee["call"]): Promise<readonly string[]> {
  const testee = {
    capabilities: new Set(cases.flatMap((one) => one.capabilities)),
    pid: 1,
    call,
    restart: async () => {},
  };
  const passed: string[] = [];
  for (const one of cases) {
    if (one.bindings !== undefined) continue;
    await one
      .run({ testee, seed: 1, runs: 10, signal, progress: () => {} })
      .then(() => passed.push(one.id))
      .catch(() => {});
  }
  return passed;
}

describe("a testee that knows nothing", () => {
  it("has smoke cases to fail", () => {
    expect(smoke.length).toBeGreaterThan(0);
  });

  it("passes no case by answering everything, and none is skipped", async () => {
    const results = await verdicts("always-ok", cases);
    const content = results.filter(({ verdict }) => verdict === "PASS" || verdict === "SKIPPED");
    expect(content.map((one) => one.case.id)).toEqual([]);
  });

  it("breaks the protocol by sending everything back", async () => {
    for (const { verdict } of await verdicts("echo", smoke)) expect(verdict).toBe("ADAPTER_ERROR");
  });

  it("is out of time by saying nothing", async () => {
    // However short the time is: there is nothing to come.
    for (const { anomaly } of await verdicts("silent", smoke, { timeoutMs: 20 }))
      expect(anomaly).toBe("TIMED-OUT");
  });

  it("passes no case of all if each of its replies is missing or broken", async () => {
    expect(await passing(() => Promise.reject(new Failure("TIMED-OUT", "no reply")))).toEqual([]);
  });

  it("passes no case by refusing everything", async () => {
    const reply = { case: "failed" as const, value: create(FailedSchema, { message: "no" }) };
    expect(await passing(async () => reply)).toEqual([]);
  });
});
