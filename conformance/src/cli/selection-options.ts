import { type Command, Option } from "commander";
import { NEEDS, type Need } from "../cases/binding.js";
import { PROFILES } from "../cases/case.js";
import { LEVELS, type Level } from "../runner/requirements.js";
import type { Selection } from "../runner/selection.js";
import { names, namesOf } from "./parse.js";

/** The options that select cases, as commander hands them over. */
export interface SelectionOptions {
  readonly profile?: readonly string[];
  readonly level?: Level;
  readonly case?: readonly string[];
  readonly requirement?: readonly string[];
  readonly without?: readonly Need[];
}

/** Adds the options that select cases to a command. */
export function addSelectionOptions(command: Command): Command {
  return command
    .option("-p, --profile <names>", `profiles: all, codec, processing, ${PROFILES.join(", ")}`, names)
    .addOption(new Option("-l, --level <level>", "only cases of this level").choices(LEVELS))
    .option("-c, --case <globs>", "only cases whose id matches: * any characters, ? one", names)
    .option("-q, --requirement <ids>", "only cases that check one of these requirements", names)
    .addOption(
      new Option("-w, --without <needs>", `no cases that need one of these: ${NEEDS.join(", ")}`).argParser(
        namesOf(NEEDS),
      ),
    );
}

/** What the options select. */
export function selectionOf(options: SelectionOptions): Selection {
  const { profile, level, case: cases, requirement, without } = options;
  return {
    ...(profile && { profiles: profile }),
    ...(level && { level }),
    ...(cases && { cases }),
    ...(requirement && { requirements: requirement }),
    ...(without && { without }),
  };
}
