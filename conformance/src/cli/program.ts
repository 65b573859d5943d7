import { Command } from "commander";
import { explainCommand } from "./explain-command.js";
import { kafkaCommand } from "./kafka-command.js";
import { listCommand } from "./list-command.js";
import { runCommand } from "./run-command.js";
import { SUITE_VERSION } from "./suite-version.js";

/**
 * The command line `eventy-conformance`.
 *
 * @param exit hears the exit status of a run
 */
export function program(exit: (status: number) => void): Command {
  const command = new Command("eventy-conformance")
    .description("Checks an implementation of the Eventy protocol, in any language, for what the spec says.")
    .version(SUITE_VERSION)
    .exitOverride();
  for (const sub of [runCommand(exit), listCommand(), explainCommand(), kafkaCommand(exit)]) {
    command.addCommand(sub.exitOverride());
  }
  return command.addHelpText(
    "after",
    `
Examples:
  $ eventy-conformance run --testee typescript
  $ eventy-conformance run --testee "python adapter.py" --profile codec
  $ eventy-conformance list --profile context
  $ eventy-conformance explain REC-001
  $ eventy-conformance kafka --brokers 3`,
  );
}
