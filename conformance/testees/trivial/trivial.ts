import { createInterface } from "node:readline";

/** A command as far as the trivial testees look at it. */
export interface TrivialCommand {
  readonly id: string;
  readonly start?: unknown;
  readonly encode?: unknown;
  readonly decode?: unknown;
  readonly emit?: unknown;
}

/** Everything that a testee can declare. */
const CAPABILITIES = [
  "codec.json",
  "codec.json.strict",
  "codec.avro",
  "codec.avro.single-object",
  "codec.protobuf",
  "recognition",
  "context",
  "error-codes",
];

/** The answer to `start`. */
export function started(id: string): object {
  return {
    id,
    started: { implementation: "trivial", version: "0", pid: process.pid, capabilities: CAPABILITIES },
  };
}

/** Answers each command of standard input, until that ends. */
export function replyTo(answer: (command: TrivialCommand) => object | undefined): void {
  createInterface({ input: process.stdin }).on("line", (line) => {
    const reply = answer(JSON.parse(line));
    if (reply !== undefined) process.stdout.write(`${JSON.stringify(reply)}\n`);
  });
}
