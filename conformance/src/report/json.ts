import { create, type MessageInitShape, toJson } from "@bufbuild/protobuf";
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
  const { identity, binding, startedAt, durationMs, profiles, results, reproduce: _, ...same } = report;
  const message = create(ReportSchema, {
    ...same,
    ...(identity && {
      implementation: {
        name: identity.implementation,
        version: identity.version,
        capabilities: identity.capabilities,
      },
    }),
    ...(binding && { binding: binding.name, selfObserved: binding.isSelfObserved }),
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(durationMs),
    profiles: profiles.map(profileReport),
    cases: results.map((result) => caseReport(result, report.reproduce(result))),
  });
  const json = toJson(ReportSchema, message, { alwaysEmitImplicit: true });
  return `${JSON.stringify(json, (_key, value) => wellFormed(value), 2)}\n`;
}

/** Text without lone surrogates, which ProtoJSON does not have; everything else as it is. */
function wellFormed(value: unknown): unknown {
  return typeof value === "string" ? value.toWellFormed() : value;
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
    message: result.message ?? "",
    requirement: result.requirement ?? "",
    expected: result.expected ?? "",
    actual: result.actual ?? "",
    history: [...(result.history ?? [])],
    stderr: result.stderr ?? "",
    reproduce: reproduce,
  };
}
