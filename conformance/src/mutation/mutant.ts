import type { BindingName } from "../cases/binding.js";
import type { Command, Reply } from "../gen/proto/eventy/conformance/v1/testee_pb.js";

/** The answer to a command, without its id. */
export type Answer = Reply["reply"];

/** Answers commands. What it throws ends the testee, as an uncaught error ends a process. */
export type Ask = (command: Command) => Answer;

/** An implementation that is broken in one way. */
export interface Broken {
  /** Id of the requirement that it breaks. */
  readonly requirement: string;
  /** What it does wrong, as a sentence without its subject: `writes dates with Z`. */
  readonly what: string;
}

/** A mutant of codecs or context: it answers in place of an implementation, in this process. */
export interface Mutant extends Broken {
  /**
   * Answers a command in place of an implementation that is in order.
   *
   * @param ask what that implementation answers, to this command or to another one
   */
  mutate(command: Command, ask: Ask): Answer;
}

/** A mutant of stores or processing: a testee in a process of its own, which cases can kill. */
export interface ProcessMutant extends Broken {
  /** What it is called where it is started. */
  readonly name: string;
  /** What it is hunted on. */
  readonly binding: BindingName;
}

/** How a mutant is called: its requirement, and what it does wrong. */
export function nameOf({ requirement, what }: Broken): string {
  return `${requirement} ${what}`;
}
