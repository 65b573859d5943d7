import { split } from "shlex";
import { AdapterError } from "./adapter-error.js";
import { BUILT_IN } from "./built-in.js";

/** What is to be started for a `--testee`. */
export interface ResolvedTestee {
  readonly argv: readonly string[];
  /** File of the known failures that comes with a built-in testee. */
  readonly knownFailing?: string;
}

/**
 * Finds the program for a `--testee`: the name of a built-in testee, or else a command line.
 *
 * A command line is split into words as a POSIX shell does it, quotes and backslashes included. No shell
 * runs: there are no variables, globs, pipes or redirections.
 *
 * @throws AdapterError if there is no such program.
 */
export async function resolveTestee(testee: string): Promise<ResolvedTestee> {
  const builtIn = BUILT_IN.get(testee);
  if (builtIn !== undefined) {
    const { knownFailing } = builtIn;
    return { argv: await builtIn.argv(), ...(knownFailing === undefined ? {} : { knownFailing }) };
  }
  const argv = splitWords(testee);
  if (argv.length === 0) throw new AdapterError("the command line of the testee is empty");
  return { argv };
}

function splitWords(commandLine: string): readonly string[] {
  try {
    return split(commandLine);
  } catch (cause) {
    throw new AdapterError(`the command line of the testee has an open quote: ${commandLine}`, { cause });
  }
}
