import type { Command } from "commander";
import { cases } from "../cases/index.js";
import type { RunReport } from "../report/run-report.js";
import { writeReports } from "../report/write.js";
import { claimText } from "../runner/claim.js";
import { type KnownFailure, loadKnownFailing } from "../runner/known-failing.js";
import { summarise } from "../runner/profile-summary.js";
import { PROTOCOL_VERSION } from "../runner/protocol-version.js";
import { run } from "../runner/run.js";
import { select } from "../runner/selection.js";
import { type ResolvedTestee, resolveTestee } from "../testee/resolve.js";
import { EXIT_FAILED, EXIT_INTERRUPTED, EXIT_OK, EXIT_USAGE } from "./exit-codes.js";
import { abortOnSignals } from "./interrupt.js";
import { progressDisplay } from "./progress.js";
import { reproduceCommand } from "./reproduce.js";
import { type RunCommandOptions, runCommandWithOptions, seedOfRun } from "./run-options.js";
import { selectionOf } from "./selection-options.js";
import { SUITE_VERSION } from "./suite-version.js";
import { summaryText } from "./summary.js";

/** `run`: runs cases against an implementation, and hands its exit status over. */
export function runCommand(exit: (status: number) => void): Command {
  return runCommandWithOptions().action(async (options: RunCommandOptions) => {
    exit(await runAndReport(options));
  });
}

async function runAndReport(options: RunCommandOptions): Promise<number> {
  const selected = select(cases, selectionOf(options));
  const testee = await resolveTestee(options.testee);
  const knownFailing = knownFailures(options, testee);
  const seed = seedOfRun(options);
  const interrupt = abortOnSignals();
  const display = progressDisplay(selected, seed);
  const [result] = await Promise.all([
    run({
      launch: {
        argv: testee.argv,
        protocolVersion: PROTOCOL_VERSION,
        ...(options.timeout !== undefined && { timeoutMs: options.timeout * 1000 }),
      },
      cases: selected,
      seed,
      runs: options.runs,
      parallel: options.parallel,
      ...(options.binding !== undefined && { binding: options.binding }),
      knownFailing,
      smoke: options.smoke,
      signal: interrupt.signal,
      observer: display.observer,
    }),
    display.shown,
  ]);
  interrupt.dispose();
  const { binding: _, ...unbound } = options;
  const binding = options.binding ?? result.binding?.name;
  const bound = { ...unbound, ...(binding !== undefined && { binding }) };
  const profiles = summarise(result.results, cases);
  const proven = result.results.some(({ verdict }) => verdict === "PASS" || verdict === "FAIL");
  const report: RunReport = {
    ...result,
    testee: options.testee,
    suiteVersion: SUITE_VERSION,
    protocolVersion: PROTOCOL_VERSION,
    seed,
    runs: options.runs,
    profiles,
    claim: claimText(PROTOCOL_VERSION, profiles, result.binding),
    ok: proven && !result.results.some(({ unexpected }) => unexpected),
    command: reproduceCommand(bound, seed),
    reproduce: (one) =>
      reproduceCommand(one.case.bindings === undefined ? unbound : bound, seed, one.case.id),
  };
  const files = writeReports(report, options.report, options.format);
  process.stdout.write(summaryText(report, files));
  return interrupt.signal.aborted ? EXIT_INTERRUPTED : exitCode(report, proven);
}

function knownFailures(options: RunCommandOptions, testee: ResolvedTestee): readonly KnownFailure[] {
  const { knownFailing = testee.knownFailing } = options;
  return typeof knownFailing === "string" ? loadKnownFailing(knownFailing, cases) : [];
}

function exitCode(report: RunReport, proven: boolean): number {
  const broken = report.results.some(({ verdict }) => verdict === "ADAPTER_ERROR");
  if (broken || !proven) return EXIT_USAGE;
  return report.ok ? EXIT_OK : EXIT_FAILED;
}
