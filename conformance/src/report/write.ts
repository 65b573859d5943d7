import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { badge } from "./badge.js";
import { htmlReport } from "./html/html.js";
import { jsonReport } from "./json.js";
import { junitReport } from "./junit.js";
import type { RunReport } from "./run-report.js";

/** A form of a report. */
export type Format = "html" | "junit" | "json" | "badge" | "claim";

interface Form {
  readonly file: string;
  render(report: RunReport): string;
}

/** The forms of a report: what they are called and what they hold. */
export const FORMATS: ReadonlyMap<Format, Form> = new Map<Format, Form>([
  ["html", { file: "report.html", render: htmlReport }],
  ["junit", { file: "junit.xml", render: junitReport }],
  ["json", { file: "report.json", render: jsonReport }],
  ["badge", { file: "badge.svg", render: badge }],
  ["claim", { file: "claim.txt", render: ({ claim }) => `${claim || "No profile may be claimed."}\n` }],
]);

/** Writes reports into a folder, which is made if need be, and returns their paths. */
export function writeReports(
  report: RunReport,
  folder: string,
  formats: readonly Format[],
): readonly string[] {
  mkdirSync(folder, { recursive: true });
  return formats.flatMap((format) => {
    const form = FORMATS.get(format);
    if (form === undefined) return [];
    const path = join(folder, form.file);
    writeFileSync(path, form.render(report));
    return [path];
  });
}
