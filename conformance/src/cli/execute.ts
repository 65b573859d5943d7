import { CommanderError } from "commander";
import { UsageError } from "../runner/usage-error.js";
import { AdapterError } from "../testee/adapter-error.js";
import { EXIT_USAGE } from "./exit-codes.js";
import { program } from "./program.js";

/** Does what the arguments say and returns the exit status; what is wrong with them goes to standard error. */
export async function execute(args: readonly string[]): Promise<number> {
  try {
    let status = 0;
    await program((code) => {
      status = code;
    }).parseAsync(args, { from: "user" });
    return status;
  } catch (error) {
    // commander has printed its own message.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE;
    if (!(error instanceof UsageError || error instanceof AdapterError)) throw error;
    process.stderr.write(`error: ${error.message}\n`);
    return EXIT_USAGE;
  }
}
