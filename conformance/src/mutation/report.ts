import type { Fate, HuntResult } from "./hunt.js";
import { nameOf } from "./mutant.js";

/** What is wrong with the cases, as the hunt shows it, one sentence each. */
export function weaknesses({ fates, broken }: HuntResult): readonly string[] {
  return [
    ...Array.from(
      broken,
      ([{ id }, { verdict, message = "" }]) => `the SDK itself does not pass ${id}: ${verdict} ${message}`,
    ),
    ...fates.filter(({ killedBy }) => killedBy === undefined).map(survivorText),
    ...fates.flatMap(({ mutant, stumbled }) =>
      Array.from(
        stumbled,
        ([{ id }, message]) => `${id} reaches no verdict on ${nameOf(mutant)}: ${message}`,
      ),
    ),
  ].map((text) => text.split("\n")[0] ?? text);
}

/** The kill matrix for programs. */
export function jsonMatrix({ fates, durationMs }: HuntResult, problems: readonly string[]): string {
  const matrix = {
    mutants: fates.map(({ mutant, killedBy, finding, cases }) => ({
      requirement: mutant.requirement,
      what: mutant.what,
      killedBy: killedBy?.id ?? null,
      anomaly: finding?.anomaly ?? null,
      message: finding?.message ?? null,
      cases,
    })),
    problems,
    durationMs: Math.round(durationMs),
  };
  return `${JSON.stringify(matrix, null, 2)}\n`;
}

/** The kill matrix for people, as Markdown. */
export function markdownMatrix(result: HuntResult, problems: readonly string[]): string {
  return [
    "# Mutants",
    "",
    "Each mutant is the SDK, broken in one way. A case of the requirement that it breaks must fail.",
    "",
    `${summaryOf(result)}.`,
    ...(problems.length === 0 ? [] : ["", "## Problems", "", ...problems.map((problem) => `- ${problem}`)]),
    "",
    "| requirement | mutant | killed by | as |",
    "|---|---|---|---|",
    ...result.fates.map(row),
    "",
  ].join("\n");
}

/** A hunt in one line. */
export function summaryOf({ fates, durationMs }: HuntResult): string {
  const killed = fates.filter(({ killedBy }) => killedBy !== undefined).length;
  const seconds = (durationMs / 1000).toFixed(1);
  return `${fates.length} mutants, ${killed} killed, ${fates.length - killed} survived, in ${seconds} s`;
}

function survivorText({ mutant, cases }: Fate): string {
  return `${mutant.requirement}: the mutant that ${mutant.what} passes all of its ${cases} cases`;
}

function row({ mutant, killedBy, finding }: Fate): string {
  const cells = [mutant.requirement, mutant.what, killedBy?.id ?? "**nobody**", finding?.anomaly ?? ""];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}
