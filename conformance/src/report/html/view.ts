import type { Profile } from "../../cases/case.js";
import { bindingText } from "../../runner/claim.js";
import type { CaseResult } from "../../runner/result.js";
import { brokenRequirements, explanation } from "../explanation.js";
import { printable } from "../printable.js";
import type { RunReport } from "../run-report.js";
import { STATUSES, type Status, statusOf } from "../status.js";
import { type Tile, tilesOf } from "./tiles.js";

/** What the template of the HTML report shows; all text is safe to show once it is escaped. */
export interface ReportView {
  readonly title: string;
  readonly version: string;
  readonly capabilities: readonly string[];
  readonly ok: boolean;
  readonly headline: string;
  readonly claim: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly command: string;
  readonly legend: readonly StatusCount[];
  readonly profiles: readonly ProfileView[];
  /** Cases with something to read, the worst first. */
  readonly findings: readonly CaseView[];
  readonly cases: readonly CaseView[];
}

interface StatusCount {
  readonly status: Status;
  readonly label: string;
  readonly count: number;
}

interface ProfileView {
  readonly profile: Profile;
  readonly conforms: boolean;
  readonly total: number;
  readonly counts: readonly StatusCount[];
  readonly tiles: readonly Tile[];
}

interface CaseView {
  readonly id: string;
  readonly title: string;
  readonly profile: Profile;
  readonly level: string;
  /** Why the case is known to fail; empty if it is not. */
  readonly reason: string;
  readonly status: Status;
  readonly label: string;
  readonly anomaly: string;
  readonly requirements: readonly { readonly id: string; readonly text: string }[];
  readonly parts: readonly (readonly [name: string, text: string])[];
  readonly reproduce: string;
  readonly time: string;
  /** Whether the details are shown at once. */
  readonly open: boolean;
  /** Whether the case has an entry among the findings. */
  readonly explained: boolean;
}

/** Prepares a report for the template. */
export function reportView(report: RunReport): ReportView {
  const { identity, results, profiles } = report;
  const cases = results.map((result) => caseView(result, report));
  const findings = [...STATUSES.keys()].flatMap((status) =>
    cases.filter((one) => one.status === status && one.explained),
  );
  return {
    title: printable(identity?.implementation ?? report.testee),
    version: printable(identity?.version ?? ""),
    capabilities: identity?.capabilities.map(printable) ?? [],
    ok: report.ok,
    headline: headline(report),
    claim: report.claim,
    facts: [
      ["Protocol", report.protocolVersion],
      ["Suite", report.suiteVersion],
      [
        "Started",
        report.startedAt
          .toISOString()
          .replace("T", " ")
          .replace(/\.\d+Z$/, " UTC"),
      ],
      ["Took", seconds(report.durationMs)],
      ...(report.binding ? [["Stores", bindingText(report.binding)] as const] : []),
      ["Seed", String(report.seed)],
      ["Runs of a property", String(report.runs)],
    ],
    command: printable(report.command),
    legend: countStatuses(results),
    profiles: profiles.map(({ profile, conforms, results: own }) => ({
      profile,
      conforms,
      total: own.length,
      counts: countStatuses(own),
      tiles: tilesOf(own),
    })),
    findings,
    cases,
  };
}

function headline({ ok, results }: RunReport): string {
  const unexpected = results.filter((result) => result.unexpected).length;
  if (!ok)
    return unexpected === 0
      ? "Nothing was shown"
      : `${unexpected} of ${results.length} cases call for attention`;
  const passed = results.filter(({ verdict }) => verdict === "PASS").length;
  return passed === results.length
    ? `All ${passed} cases passed`
    : `${passed} of ${results.length} cases passed, the rest as expected`;
}

function caseView(result: CaseResult, report: RunReport): CaseView {
  const status = statusOf(result);
  return {
    id: result.case.id,
    title: result.case.title,
    profile: result.case.profile,
    level: result.level,
    reason: printable(result.knownFailing ?? ""),
    status,
    label: STATUSES.get(status) ?? status,
    anomaly: result.anomaly ?? "",
    requirements: brokenRequirements(result),
    parts: explanation(result),
    reproduce: printable(report.reproduce(result)),
    time: status === "skipped" ? "" : seconds(result.durationMs),
    open: result.unexpected && result.history !== undefined,
    explained: status !== "pass" && status !== "skipped",
  };
}

function countStatuses(results: readonly CaseResult[]): readonly StatusCount[] {
  return [...STATUSES]
    .map(([status, label]) => ({
      status,
      label,
      count: results.filter((result) => statusOf(result) === status).length,
    }))
    .filter(({ count }) => count > 0)
    .reverse();
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}
