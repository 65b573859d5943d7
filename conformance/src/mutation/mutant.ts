import type { Command, Reply } from "../gen/proto/eventy/conformance/v1/testee_pb.js";

/** The answer to a command, without its id. */
export type Answer = Reply["reply"];

/** Answers commands. What it throws ends the testee, as an uncaught error ends a process. */
export type Ask = (command: Command) => Answer;

/** An implementation that is broken in one way. */
export interface Mutant {
  /** Id of the requirement that it breaks. */
  readonly requirement: string;
  /** What it does wrong, as a sentence without its subject: `writes dates with Z`. */
  readonly what: string;
  /**
   * Answers a command in place of an implementation that is in order.
   *
   * @param ask what that implementation answers, to this command or to another one
   */
  mutate(command: Command, ask: Ask): Answer;
}

/** How a mutant is called: its requirement, and what it does wrong. */
export function nameOf({ requirement, what }: Mutant): string {
  return `${requirement} ${what}`;
}
