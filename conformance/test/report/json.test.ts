import { fromJsonString } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { ReportSchema, Verdict } from "../../src/gen/proto/eventy/conformance/v1/report_pb.js";
import { jsonReport } from "../../src/report/json.js";
import { HOSTILE, hostileReport } from "../fixtures/hostile-report.js";

describe("the JSON report", () => {
  const report = fromJsonString(ReportSchema, jsonReport(hostileReport()));

  it("says what was tested, and how it went", () => {
    expect(report).toMatchObject({
      suiteVersion: "3.5.0",
      implementation: { name: HOSTILE.toWellFormed() },
      startedAt: "1970-01-01T00:00:00.000Z",
      durationMs: 1234,
      seed: 42,
      claim: "Eventy 3.5 Context",
      binding: "memory",
      selfObserved: true,
      ok: false,
    });
  });

  it("counts the verdicts of each profile", () => {
    expect(report.profiles).toMatchObject([
      {
        profile: "codec.json",
        conforms: false,
        passed: 2,
        failed: 3,
        inconclusive: 1,
        skipped: 1,
        adapterErrors: 1,
      },
      { profile: "context", conforms: true, passed: 1, failed: 0 },
    ]);
  });

  it("has all that was found in each case", () => {
    expect(report.cases[1]).toMatchObject({
      id: "codec.json.fail",
      verdict: Verdict.FAIL,
      unexpected: true,
      anomaly: "WRONG-VALUE",
      requirement: "X-002",
      history: [HOSTILE.toWellFormed(), HOSTILE.toWellFormed()],
      reproduce: expect.stringContaining("--case codec.json.fail"),
    });
  });
});
