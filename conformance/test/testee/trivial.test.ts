import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { MemoryHost } from "../../src/bindings/memory.js";
import type { BoundContext, Case } from "../../src/cases/case.js";
import { Failure } from "../../src/cases/failure.js";
import { cases } from "../../src/cases/index.js";
import type { ControlledTestee, Testee } from "../../src/cases/testee.js";
import { PostgresqlProxy } from "../../src/faults/postgresql/proxy.js";
import { FailedSchema } from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { KafkaCluster } from "../../src/kafka/cluster.js";
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
  const testee: ControlledTestee = {
    capabilities: new Set(cases.flatMap((one) => one.capabilities)),
    pid: 1,
    call,
    restart: async () => {},
    startRun: () => Promise.reject(new Failure("REFUSED", "no run")),
    kill: async () => {},
    died: async () => {},
    pause: () => {},
    resume: () => {},
  };
  const place = await new MemoryHost().open();
  const context = { testee, seed: 1, runs: 10, signal, progress: () => {} };
  const nobody = () => Promise.reject(new Failure("REFUSED", "no server"));
  const faults = await PostgresqlProxy.start("postgresql://127.0.0.1:1");
  const bound: BoundContext = {
    ...context,
    binding: place.binding,
    oracle: place.oracle(testee, { killAll: async () => {}, whileStill: (act) => act() }),
    faults,
    server: { kill: async () => {}, restart: async () => {} },
    cluster: { nodes: [], leaderOf: nobody, coordinatorOf: nobody },
    backdoor: {
      expireMembers: async () => {},
      erase: async () => {},
      refuse: async () => {},
      isOpen: async () => true,
      fence: async () => {},
      owners: async () => [],
    },
    kafka: { brokers: [], cluster: new KafkaCluster([]) },
    database: { run: async () => [], begin: () => Promise.reject(new Failure("REFUSED", "no transaction")) },
    spawn: async () => testee,
  };
  const passed: string[] = [];
  for (const one of cases) {
    const run = one.bindings === undefined ? one.run(context) : one.run(bound);
    await run.then(() => passed.push(one.id)).catch(() => {});
  }
  await faults.close();
  return passed;
}

describe("a testee that knows nothing", () => {
  it("has smoke cases to fail", () => {
    expect(smoke.length).toBeGreaterThan(0);
  });

  it("passes no case by answering everything, and none is skipped that SQLite has", async () => {
    const results = await verdicts("always-ok", cases);
    const content = results.filter(({ verdict, message = "" }) => {
      return verdict === "PASS" || (verdict === "SKIPPED" && !message.includes("SQLite"));
    });
    expect(content.map((one) => one.case.id)).toEqual([]);
    // Each case on a store starts a process.
  }, 600_000);

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
