import { Command } from "commander";
import pc from "picocolors";
import { cases } from "../cases/index.js";
import { levelOf } from "../runner/requirements.js";
import { select } from "../runner/selection.js";
import { addSelectionOptions, type SelectionOptions, selectionOf } from "./selection-options.js";

interface Options extends SelectionOptions {
  readonly json?: true;
}

/** `list`: the cases, with what they check. */
export function listCommand(): Command {
  return addSelectionOptions(
    new Command("list").description("List the cases and the requirements they check."),
  )
    .option("--json", "as JSON, for programs")
    .action((options: Options) => {
      const selected = select(cases, selectionOf(options));
      const rows = selected.map((one) => ({
        id: one.id,
        title: one.title,
        profile: one.profile,
        level: levelOf(one),
        requirements: one.requirements,
        capabilities: one.capabilities,
        ...(one.bindings && { bindings: one.bindings, needs: one.needs ?? [] }),
        smoke: one.smoke === true,
      }));
      if (options.json) {
        process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
        return;
      }
      for (const { id, title, level, requirements, smoke } of rows) {
        const notes = [level, ...requirements, ...(smoke ? ["smoke"] : [])].join(" ");
        process.stdout.write(`${pc.bold(id)}  ${pc.dim(notes)}\n    ${title}\n`);
      }
    });
}
