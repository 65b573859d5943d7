import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Eta } from "eta";
import { PACKAGE_ROOT } from "../../testee/package-root.js";
import type { RunReport } from "../run-report.js";
import { reportView } from "./view.js";

/** The report as one HTML file that needs nothing else: no scripts, no network. */
export function htmlReport(report: RunReport): string {
  const assets = join(PACKAGE_ROOT, "assets");
  const template = readFileSync(join(assets, "report.eta"), "utf8");
  const style = readFileSync(join(assets, "report.css"), "utf8");
  // Everything that the template writes with `<%=` is escaped.
  return new Eta({ autoEscape: true, varName: "it" }).renderString(template, {
    ...reportView(report),
    style,
  });
}
