import { join } from "shlex";
import type { RunCommandOptions } from "./run-options.js";

/** Writes the command that repeats a run with a seed, or one case of it. */
export function reproduceCommand(options: RunCommandOptions, seed: number, caseId?: string): string {
  const words = ["eventy-conformance", "run", "--testee", options.testee];
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined) words.push(name, value);
  };
  if (caseId === undefined) {
    add("--profile", options.profile?.join(","));
    add("--level", options.level);
    add("--case", options.case?.join(","));
    add("--requirement", options.requirement?.join(","));
    add("--without", options.without?.join(","));
    if (!options.smoke) words.push("--no-smoke");
  } else {
    words.push("--case", caseId);
  }
  add("--binding", options.binding);
  words.push("--seed", String(seed), "--runs", String(options.runs));
  add("--timeout", options.timeout?.toString());
  if (typeof options.knownFailing === "string") add("--known-failing", options.knownFailing);
  if (options.knownFailing === false) words.push("--no-known-failing");
  return `npx ${join(words)}`;
}
