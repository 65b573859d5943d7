import { createRequire } from "node:module";
import type { Builder, TestCase } from "junit-report-builder";
import { bindingText } from "../runner/claim.js";
import type { CaseResult } from "../runner/result.js";
import { explanation } from "./explanation.js";
import { printable } from "./printable.js";
import type { RunReport } from "./run-report.js";
import { statusOf } from "./status.js";

// The types of the package promise a default export that its CommonJS module does not have.
const junit: Builder = createRequire(import.meta.url)("junit-report-builder");

/**
 * The report as JUnit XML.
 *
 * What makes the run fail is a failure or an error there; known failures and failures of a SHOULD are skipped
 * tests, so that a CI server is red exactly when the suite is.
 */
export function junitReport(report: RunReport): string {
  const builder = junit.newBuilder().name("Eventy conformance");
  for (const { profile, results } of report.profiles) {
    const suite = builder.testSuite().name(profile).timestamp(report.startedAt);
    suite.time(results.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000);
    suite.property("implementation", printable(report.identity?.implementation ?? report.testee));
    suite.property("version", printable(report.identity?.version ?? ""));
    suite.property("seed", String(report.seed));
    if (report.binding) suite.property("binding", bindingText(report.binding));
    for (const result of results) {
      const test = suite
        .testCase()
        .className(profile)
        .name(result.case.id)
        .time(result.durationMs / 1000);
      judge(test, result);
      const details = explanation(result).map(([name, text]) => `${name}:\n${text}`);
      const reproduce = `reproduce:\n${printable(report.reproduce(result))}`;
      if (details.length > 0) {
        test.standardOutput(inCdata([...details, reproduce].join("\n\n")));
      }
    }
  }
  return builder.build();
}

/** The package puts output into a CDATA section as it is, and `]]>` would end that. */
function inCdata(text: string): string {
  return text.replaceAll("]]>", "]] >");
}

function judge(test: TestCase, result: CaseResult): void {
  const message = printable(result.message ?? "");
  switch (statusOf(result)) {
    case "fail":
      test.failure(message, result.anomaly);
      break;
    case "surprise":
      test.failure(
        `known to fail (${printable(result.knownFailing ?? "")}), but it passed`,
        "UNEXPECTED-PASS",
      );
      break;
    case "unknown":
    case "adapter":
      test.error(message, result.verdict);
      break;
    case "known":
    case "reported":
    case "skipped":
      test.skipped();
      break;
    case "pass":
      break;
  }
}
