import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Eta } from "eta";
import { PACKAGE_ROOT } from "../../testee/package-root.js";
import type { RunReport } from "../run-report.js";
import { reportView } from "./view.js";

/** The report as one HTML file that needs nothing else: no scripts, no network. */
export function htmlReport(report: RunReport): string {
  const asset = (name: string): string => readFileSync(join(PACKAGE_ROOT, "assets", name), "utf8");
  const style = asset("report.css") + asset("status.css");
  // Everything that the template writes with `<%=` is escaped.
  const eta = new Eta({ autoEscape: true });
  return eta.renderString(asset("report.eta"), { ...reportView(report), style });
}
