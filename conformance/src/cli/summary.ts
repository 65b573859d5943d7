import Table from "cli-table3";
import pc from "picocolors";
import { brokenRequirements, explanation } from "../report/explanation.js";
import { printable } from "../report/printable.js";
import type { RunReport } from "../report/run-report.js";
import { STATUSES, statusOf } from "../report/status.js";
import { bindingText } from "../runner/claim.js";
import type { CaseResult } from "../runner/result.js";
import { STATUS_STYLE } from "./status-style.js";

const SHOWN_LINES = 12;

/** What is printed at the end of a run: everything that did not pass, a table, the claim, the files. */
export function summaryText(report: RunReport, files: readonly string[]): string {
  const parts = [
    "",
    ...detailed(report),
    ...brief(report),
    ...subject(report),
    table(report),
    report.claim === "" ? "No profile may be claimed." : pc.bold(report.claim),
    pc.dim(
      `${(report.durationMs / 1000).toFixed(1)} s, seed ${report.seed}; repeat with: ${printable(report.command)}`,
    ),
    ...(files.length === 0 ? [] : [pc.dim(`Reports: ${files.join(", ")}`)]),
  ];
  return `${parts.join("\n")}\n`;
}

/** Who was tested, if anybody. */
function subject({ identity, binding }: RunReport): readonly string[] {
  if (identity === undefined) return [];
  const { implementation, version, capabilities } = identity;
  const where = binding === undefined ? "" : ` on ${bindingText(binding)}`;
  return [
    pc.bold(printable(`${implementation} ${version}`)) + where,
    pc.dim(printable(capabilities.join(", "))),
  ];
}

/** Unexpected results that a case came to by itself, in full. */
function detailed(report: RunReport): readonly string[] {
  const own = report.results.filter((result) => result.unexpected && !isShared(result));
  return sorted(own).flatMap((result) => {
    const status = statusOf(result);
    const [style, word] = STATUS_STYLE[status];
    const broken = status === "fail" ? brokenRequirements(result) : [];
    return [
      `${pc.bold(style(word))} ${pc.bold(result.case.id)} ${result.anomaly ?? ""}`.trimEnd(),
      `  ${result.case.title}`,
      ...broken.map(({ id, text }) => `  ${pc.bold(id)} ${text}`.trimEnd()),
      ...explanation(result).map(([name, text]) => `  ${pc.dim(`${name}:`)} ${shorten(text)}`),
      `  ${pc.dim("reproduce:")} ${printable(report.reproduce(result))}`,
      "",
    ];
  });
}

/** What else did not pass: a line for each expected result, and one for each reason of those not run. */
function brief({ results }: RunReport): readonly string[] {
  const lines: string[] = [];
  const notRun = new Map<string, number>();
  for (const result of sorted(results)) {
    const status = statusOf(result);
    const [style, word] = STATUS_STYLE[status];
    const reason = printable(result.knownFailing ?? result.message ?? "");
    if (isShared(result)) {
      const group = `${style(word)} ${shorten(reason)}`;
      notRun.set(group, (notRun.get(group) ?? 0) + 1);
    } else if (status === "known" || status === "reported") {
      const [first = ""] = reason.split("\n", 1);
      lines.push(`${style(word)} ${result.case.id} ${result.anomaly ?? ""} ${pc.dim(first)}`);
    }
  }
  for (const [group, count] of notRun) lines.push(`${group} (${count} ${count === 1 ? "case" : "cases"})`);
  return lines.length === 0 ? [] : [...lines, ""];
}

/** Whether a case did not run, for a reason that it shares with others. */
function isShared({ verdict, history }: CaseResult): boolean {
  return history === undefined && verdict !== "PASS" && verdict !== "FAIL";
}

function table({ profiles, results }: RunReport): string {
  const present = [...STATUSES.keys()].filter((one) => results.some((result) => statusOf(result) === one));
  const statuses = present.reverse();
  const grid = new Table({
    head: ["profile", ...statuses.map((one) => STATUS_STYLE[one][1].toLowerCase()), ""],
    // The table's own colours would also go to a file.
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  for (const { profile, results: own, conforms } of profiles) {
    const counts = statuses.map((status) => {
      const count = own.filter((result) => statusOf(result) === status).length;
      return { content: count === 0 ? "" : STATUS_STYLE[status][0](String(count)), hAlign: "right" as const };
    });
    grid.push([profile, ...counts, conforms ? pc.green("conforms") : pc.dim("no claim")]);
  }
  return grid.toString();
}

function sorted(results: readonly CaseResult[]): readonly CaseResult[] {
  const order = [...STATUSES.keys()];
  return results.toSorted((one, other) => order.indexOf(statusOf(one)) - order.indexOf(statusOf(other)));
}

function shorten(text: string): string {
  const lines = text.split("\n").map((line) => (line.length > 400 ? `${line.slice(0, 400)}…` : line));
  const rest = lines.length - SHOWN_LINES;
  const shown = rest > 0 ? [...lines.slice(0, SHOWN_LINES), `… ${rest} more lines in the report`] : lines;
  return shown.join("\n    ");
}
