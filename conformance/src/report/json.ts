import { create, type MessageInitShape, toJsonString } from "@bufbuild/protobuf";
import {
  type CaseReportSchema,
  type ProfileReportSchema,
  ReportSchema,
  Verdict as WireVerdict,
} from "../gen/proto/eventy/conformance/v1/report_pb.js";
import type { ProfileSummary } from "../runner/profile-summary.js";
import type { CaseResult } from "../runner/result.js";
import type { RunReport } from "./run-report.js";

/** The report as ProtoJSON of `eventy.conformance.v1.Report`. */
export function jsonReport(report: RunReport): string {
  const { identity, startedAt, durationMs, profiles, results, reproduce: _, ...same } = report;
  const message = create(ReportSchema, {
    ...same,
    ...(identity && {
      implementation: {
        name: identity.implementation.toWellFormed(),
        version: identity.version.toWellFormed(),
        capabilities: identity.capabilities.map((one) => one.toWellFormed()),
      },
    }),
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(durationMs),
    profiles: profiles.map(profileReport),
    cases: results.map((result) => caseReport(result, report.reproduce(result))),
  });
  return `${toJsonString(ReportSchema, message, { alwaysEmitImplicit: true, prettySpaces: 2 })}\n`;
}

function profileReport({
  profile,
  conforms,
  counts,
}: ProfileSummary): MessageInitShape<typeof ProfileReportSchema> {
  return {
    profile,
    conforms,
    passed: counts.PASS,
    failed: counts.FAIL,
    inconclusive: counts.INCONCLUSIVE,
    skipped: counts.SKIPPED,
    adapterErrors: counts.ADAPTER_ERROR,
  };
}

function caseReport(result: CaseResult, reproduce: string): MessageInitShape<typeof CaseReportSchema> {
  const { id, title, profile, requirements } = result.case;
  return {
    id,
    title,
    profile,
    requirements: [...requirements],
    level: result.level,
    verdict: WireVerdict[result.verdict],
    unexpected: result.unexpected,
    knownFailing: result.knownFailing ?? "",
    seed: result.seed,
    durationMs: Math.round(result.durationMs),
    anomaly: result.anomaly ?? "",
    message: (result.message ?? "").toWellFormed(),
    requirement: result.requirement ?? "",
    expected: (result.expected ?? "").toWellFormed(),
    actual: (result.actual ?? "").toWellFormed(),
    history: (result.history ?? []).map((line) => line.toWellFormed()),
    stderr: (result.stderr ?? "").toWellFormed(),
    reproduce,
  };
}
