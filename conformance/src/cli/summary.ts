import Table from "cli-table3";
import pc from "picocolors";
import { brokenRequirements, explanation } from "../report/explanation.js";
import { printable } from "../report/printable.js";
import type { RunReport } from "../report/run-report.js";
import { STATUSES, type Status, statusOf } from "../report/status.js";
import type { CaseResult } from "../runner/result.js";
import { STATUS_STYLE } from "./status-style.js";

const SHOWN_LINES = 12;

/** What is printed at the end of a run: everything that did not pass, a table, the claim, the files. */
export function summaryText(report: RunReport, files: readonly string[]): string {
  const parts = [
    "",
    ...detailed(report),
    ...brief(report),
    table(report),
    report.claim === "" ? "No profile may be claimed." : pc.bold(report.claim),
    pc.dim(`${(report.durationMs / 1000).toFixed(1)} s, seed ${report.seed}; repeat with: ${report.command}`),
    ...(files.length === 0 ? [] : [pc.dim(`Reports: ${files.join(", ")}`)]),
  ];
  return `${parts.join("\n")}\n`;
}

/** Unexpected results, in full. */
function detailed(report: RunReport): readonly string[] {
  return sorted(report.results.filter(({ unexpected }) => unexpected)).flatMap((result) => {
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

/** Expected results other than a pass, a line each; what is skipped for one reason together. */
function brief({ results }: RunReport): readonly string[] {
  const lines: string[] = [];
  const skipped = new Map<string, number>();
  for (const result of sorted(results.filter(({ unexpected }) => !unexpected))) {
    const status = statusOf(result);
    const message = printable(result.knownFailing ?? result.message ?? "");
    if (status === "skipped") skipped.set(message, (skipped.get(message) ?? 0) + 1);
    else if (status !== "pass") lines.push(briefLine(status, result, message));
  }
  const [dim, word] = STATUS_STYLE.skipped;
  for (const [message, count] of skipped) {
    lines.push(dim(`${word} ${count} ${count === 1 ? "case" : "cases"}: ${message}`));
  }
  return lines.length === 0 ? [] : [...lines, ""];
}

function briefLine(status: Status, result: CaseResult, message: string): string {
  const [style, word] = STATUS_STYLE[status];
  return `${style(word)} ${result.case.id} ${result.anomaly ?? ""} ${pc.dim(message.split("\n", 1).join())}`;
}

function table({ profiles, results }: RunReport): string {
  const present = [...STATUSES.keys()].filter((one) => results.some((result) => statusOf(result) === one));
  const statuses = present.reverse();
  const grid = new Table({
    head: ["profile", ...statuses.map((one) => STATUS_STYLE[one][1].toLowerCase()), ""],
    style: { head: ["bold"], border: ["dim"] },
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
