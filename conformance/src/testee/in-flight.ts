import type { CommandInit } from "../cases/testee.js";
import type { Reply } from "../gen/proto/eventy/conformance/v1/testee_pb.js";
import { AdapterError } from "./adapter-error.js";
import { checkAnswer } from "./wire.js";

interface Pending {
  readonly command: CommandInit["case"];
  resolve(reply: Reply["reply"]): void;
  reject(error: Error): void;
}

/** Commands that were sent and are not answered yet, by their ids. */
export class InFlight {
  readonly #pending = new Map<string, Pending>();

  /** Waits for the answer to a command. */
  sent(id: string, command: CommandInit["case"]): Promise<Reply["reply"]> {
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { command, resolve, reject });
    });
  }

  /**
   * A command is answered.
   *
   * @throws AdapterError if there is no such command, or that is no answer to it.
   */
  answered(id: string, reply: Reply["reply"]): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) {
      throw new AdapterError(`the testee answered ${JSON.stringify(id)}, which is no command in flight`);
    }
    checkAnswer(pending.command, reply);
    this.#pending.delete(id);
    pending.resolve(reply);
  }

  /** None of them will be answered. */
  break(error: Error): void {
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}
