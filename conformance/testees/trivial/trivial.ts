import { createInterface } from "node:readline";
import { CAPABILITIES } from "../typescript/capabilities.js";

/** A command as far as the trivial testees look at it. */
export interface TrivialCommand {
  readonly id: string;
  readonly start?: unknown;
  readonly encode?: unknown;
  readonly decode?: unknown;
  readonly emit?: unknown;
  readonly partition?: unknown;
  readonly open?: unknown;
  readonly createTopic?: unknown;
  readonly write?: unknown;
  readonly read?: unknown;
  readonly acknowledged?: unknown;
  readonly run?: unknown;
  readonly release?: unknown;
  readonly stopRun?: unknown;
  readonly stateGet?: unknown;
}

/** Everything that a testee can declare, but for Kafka: no brokers are to be started for who passes nothing. */
const DECLARED = CAPABILITIES.filter((one) => one !== "binding.kafka");

/** The answer to `start`. */
export function started(id: string): object {
  return {
    id,
    started: { implementation: "trivial", version: "0", pid: process.pid, capabilities: DECLARED },
  };
}

/** Answers each command of standard input, until that ends. */
export function replyTo(answer: (command: TrivialCommand) => object | readonly object[] | undefined): void {
  createInterface({ input: process.stdin }).on("line", (line) => {
    for (const reply of [answer(JSON.parse(line)) ?? []].flat()) {
      process.stdout.write(`${JSON.stringify(reply)}\n`);
    }
  });
}
