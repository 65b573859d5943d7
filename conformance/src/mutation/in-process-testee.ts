import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { Failure } from "../cases/failure.js";
import type { CommandInit } from "../cases/testee.js";
import { CommandSchema } from "../gen/proto/eventy/conformance/v1/testee_pb.js";
import type { Examined } from "../runner/find.js";
import type { Answer, Ask } from "./mutant.js";

// A level of nesting in a record is three messages deep.
const READING = { recursionLimit: 1000 };

/** A testee that is a function of this process: no child to start, and none to wait for. */
export class InProcessTestee implements Examined {
  readonly capabilities: ReadonlySet<string>;
  // It has no process of its own, whose memory could be looked at.
  readonly pid: number = 0;
  readonly exchanges: readonly string[] = [];
  readonly stderr: string = "";
  readonly #ask: Ask;
  #fault: unknown;

  constructor(ask: Ask) {
    this.#ask = ask;
    const started = ask(create(CommandSchema, { command: { case: "start", value: {} } }));
    this.capabilities = new Set(started.case === "started" ? started.value.capabilities : []);
  }

  async prepare(): Promise<void> {
    this.#fault = undefined;
  }

  takeFault(): unknown {
    return this.#fault;
  }

  async call(command: CommandInit): Promise<Answer> {
    // A copy, as a child process has it: a case goes on using what it sent.
    const sent = toBinary(CommandSchema, create(CommandSchema, { command }));
    const copy = fromBinary(CommandSchema, sent, READING);
    try {
      return this.#ask(copy);
    } catch (cause) {
      const failure = new Failure("CRASHED", `the testee threw ${String(cause)}`, { cause });
      this.#fault ??= failure;
      throw failure;
    }
  }

  async restart(): Promise<void> {}
}
