import { create } from "@bufbuild/protobuf";
import { StartedSchema } from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import type { RunReport } from "../../src/report/run-report.js";
import { summarise } from "../../src/runner/profile-summary.js";
import type { CaseResult } from "../../src/runner/result.js";
import { fakeCase } from "../fixtures/fixture.js";

/** Text that breaks out of any place that does not escape it. */
export const HOSTILE =
  "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>]]>&amp;<%= it %>\u0000\u001b[31m\ud800\ufffe</style>";

const BASE = { level: "MUST", seed: 7, durationMs: 12.5, unexpected: false } as const;

const RESULTS: readonly CaseResult[] = [
  { ...BASE, case: fakeCase("codec.json.pass", { requirements: ["X-001"] }), verdict: "PASS" },
  {
    ...BASE,
    case: fakeCase("codec.json.fail", { requirements: ["X-001", "X-002"] }),
    verdict: "FAIL",
    unexpected: true,
    anomaly: "WRONG-VALUE",
    requirement: "X-002",
    message: HOSTILE,
    expected: HOSTILE,
    actual: HOSTILE,
    history: [HOSTILE, HOSTILE],
    stderr: HOSTILE,
  },
  { ...BASE, case: fakeCase("codec.json.known"), verdict: "FAIL", anomaly: "REFUSED", knownFailing: HOSTILE },
  {
    ...BASE,
    case: fakeCase("codec.json.surprise"),
    verdict: "PASS",
    unexpected: true,
    knownFailing: HOSTILE,
  },
  { ...BASE, case: fakeCase("codec.json.should"), verdict: "FAIL", level: "SHOULD", message: HOSTILE },
  {
    ...BASE,
    case: fakeCase("codec.json.unknown"),
    verdict: "INCONCLUSIVE",
    unexpected: true,
    message: HOSTILE,
  },
  {
    ...BASE,
    case: fakeCase("codec.json.adapter"),
    verdict: "ADAPTER_ERROR",
    unexpected: true,
    message: HOSTILE,
  },
  { ...BASE, case: fakeCase("codec.json.skipped"), verdict: "SKIPPED", message: HOSTILE },
  { ...BASE, case: fakeCase("context.pass", { profile: "context" }), verdict: "PASS" },
];

/** A report in which everything that a testee can say is hostile, with each kind of result once. */
export function hostileReport(): RunReport {
  return {
    identity: create(StartedSchema, { implementation: HOSTILE, version: HOSTILE, capabilities: [HOSTILE] }),
    results: RESULTS,
    startedAt: new Date(0),
    durationMs: 1234,
    testee: HOSTILE,
    suiteVersion: "3.5.0",
    protocolVersion: "3.5.0",
    seed: 42,
    runs: 100,
    profiles: summarise(
      RESULTS,
      RESULTS.map((result) => result.case),
    ),
    claim: "Eventy 3.5 Context",
    ok: false,
    command: `run --testee ${HOSTILE}`,
    reproduce: (result) => `run --testee ${HOSTILE} --case ${result.case.id}`,
  };
}
