import { Command } from "commander";
import pc from "picocolors";
import { cases } from "../cases/index.js";
import { casesById, casesByRequirement } from "../cases/registry.js";
import { levelOf, type Requirement, requirement } from "../runner/requirements.js";
import { UsageError } from "../runner/usage-error.js";
import { wrap } from "./wrap.js";

/** `explain`: a requirement and its cases, or a case and its requirements. */
export function explainCommand(): Command {
  return new Command("explain")
    .description("Explain a requirement or a case.")
    .argument("<id>", "id of a requirement or of a case")
    .action((id: string) => {
      process.stdout.write(`${explain(id)}\n`);
    });
}

function explain(id: string): string {
  const found = requirement(id);
  if (found !== undefined) return explainRequirement(found);
  const one = casesById(cases).get(id);
  if (one === undefined) {
    throw new UsageError(`there is neither a requirement nor a case ${id}: see \`eventy-conformance list\``);
  }
  const lines = [`${pc.bold(one.id)}  ${pc.dim(levelOf(one))}`, wrap(one.title)];
  for (const requirementId of one.requirements) {
    const checked = requirement(requirementId);
    lines.push("", checked === undefined ? pc.bold(requirementId) : head(checked));
  }
  if (one.capabilities.length > 0) lines.push("", `Needs: ${one.capabilities.join(", ")}`);
  if (one.bindings !== undefined) {
    const needs = one.needs === undefined ? "" : `, with ${one.needs.join(", ")}`;
    lines.push("", `Bindings: ${one.bindings.join(", ")}${needs}`);
  }
  return [...lines, "", `Run it: eventy-conformance run --case ${one.id} --testee …`].join("\n");
}

function explainRequirement(found: Requirement): string {
  const checking = casesByRequirement(cases).get(found.id) ?? [];
  const lines = checking.map((one) => `  ${one.id}\n      ${one.title}`);
  const none = found.test === "case" ? "  none" : `  none: ${found.test.excluded}`;
  return [head(found), "", "Cases:", ...(lines.length === 0 ? [none] : lines)].join("\n");
}

function head({ id, keyword, chapter, text }: Requirement): string {
  return `${pc.bold(id)}  ${pc.dim(`${keyword} · ${chapter}`)}\n${wrap(text)}`;
}
