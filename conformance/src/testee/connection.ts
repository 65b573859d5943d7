import { type Anomaly, Failure } from "../cases/failure.js";
import type { CommandInit } from "../cases/testee.js";
import type { Reply, Started } from "../gen/proto/eventy/conformance/v1/testee_pb.js";
import { AdapterError } from "./adapter-error.js";
import { Child } from "./child.js";
import { Exchanges } from "./exchanges.js";
import { LineSplitter } from "./lines.js";
import { START_TIMEOUT_MS } from "./time-out.js";
import { checkAnswer, formatCommand, parseReply } from "./wire.js";

/** How long a testee may take to answer `stop`; whatever it still does is of no interest. */
const STOP_TIMEOUT_MS = 5_000;

interface Pending {
  readonly command: CommandInit["case"];
  readonly patience: number;
  resolve(reply: Reply["reply"]): void;
  reject(error: Error): void;
}

/**
 * Commands to one process and its replies.
 *
 * The first thing that goes wrong ends it: commands in flight are rejected with that error, or, when there
 * are none, the next one is. The process is killed then, as nothing that it says later can be trusted.
 */
export class Connection {
  /** How long the process may be silent while commands are pending. */
  timeoutMs: number = START_TIMEOUT_MS;
  readonly exchanges: Exchanges = new Exchanges();
  readonly #child: Child;
  readonly #pending = new Map<string, Pending>();
  #error: Error | undefined;
  #timer: NodeJS.Timeout | undefined;
  #lastId = 0;

  private constructor(child: Child) {
    this.#child = child;
    const lines = new LineSplitter();
    child.onOutput((chunk) => {
      try {
        for (const line of lines.push(chunk)) this.#receive(line);
      } catch (error) {
        this.#break(
          error instanceof AdapterError ? error : new AdapterError(String(error), { cause: error }),
        );
      }
    });
    void child.ended.then((how) => this.#break(this.#failure("CRASHED", `the testee ended (${how})`)));
  }

  /** Starts a process; it is not asked anything yet. */
  static async open(argv: readonly string[]): Promise<Connection> {
    return new Connection(await Child.start(argv));
  }

  get pid(): number {
    return this.#child.pid;
  }

  get stderr(): string {
    return this.#child.stderr;
  }

  /** What ended the connection, if something did. */
  get error(): Error | undefined {
    return this.#error;
  }

  /**
   * Asks the process who it is.
   *
   * @throws AdapterError if it does not say, or reports a pid that is not its own.
   */
  async handshake(protocolVersion: string): Promise<Started> {
    const reply = await this.call({ case: "start", value: { protocolVersion } });
    if (reply.case !== "started") {
      throw new AdapterError(
        `the testee failed to start: ${reply.case === "failed" ? reply.value.message : ""}`,
      );
    }
    if (reply.value.pid !== this.pid) {
      throw new AdapterError(
        `the testee says that its pid is ${reply.value.pid}, but the suite started ${this.pid}: ` +
          "let the command be the adapter itself, not a shell or a wrapper around it (`exec` helps)",
      );
    }
    return reply.value;
  }

  /**
   * Sends a command and returns its reply.
   *
   * @param patience how long the process may be silent while this command is pending, as a share of `timeoutMs`
   * @throws Failure if the process ends or is silent for too long, AdapterError if it says what it must not.
   */
  call(command: CommandInit, patience = 1): Promise<Reply["reply"]> {
    if (this.#error !== undefined) return Promise.reject(this.#error);
    this.#lastId += 1;
    const id = String(this.#lastId);
    const line = formatCommand(id, command);
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { command: command.case, patience, resolve, reject });
      this.exchanges.sent(line);
      this.#child.write(line);
      if (this.#pending.size === 1 || patience < 1) this.#watch();
    });
  }

  /** Ends the process politely: `stop`, then the end of its input, then signals. */
  async close(): Promise<void> {
    this.timeoutMs = Math.min(this.timeoutMs, STOP_TIMEOUT_MS);
    if (this.#error === undefined) await this.call({ case: "stop", value: {} }).catch(() => {});
    await this.#child.end();
  }

  /** Ends the process at once. */
  async kill(): Promise<void> {
    await this.#child.kill();
  }

  #receive(line: string): void {
    if (this.#error !== undefined) return;
    this.exchanges.received(line);
    const { id, reply } = parseReply(line);
    const pending = this.#pending.get(id);
    if (pending === undefined) {
      throw new AdapterError(`the testee answered ${JSON.stringify(id)}, which is no command in flight`);
    }
    checkAnswer(pending.command, reply);
    this.#pending.delete(id);
    this.#watch();
    pending.resolve(reply);
  }

  /** Starts the time of silence anew. */
  #watch(): void {
    clearTimeout(this.#timer);
    if (this.#pending.size === 0) return;
    const patience = Math.min(...Array.from(this.#pending.values(), (pending) => pending.patience));
    const timeoutMs = this.timeoutMs * patience;
    const timer = setTimeout(() => {
      // If it was the suite that was busy, the reply is already in the pipe: read it first.
      setImmediate(() => {
        if (this.#timer !== timer || this.#pending.size === 0) return;
        const after = `no reply within ${timeoutMs / 1000} s`;
        this.#break(this.#failure("TIMED-OUT", after));
      });
    }, timeoutMs);
    this.#timer = timer;
  }

  #failure(anomaly: Anomaly, message: string): Failure {
    return new Failure(anomaly, message, { history: this.exchanges.lines });
  }

  #break(error: Error): void {
    if (this.#error !== undefined) return;
    this.#error = error;
    clearTimeout(this.#timer);
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
    void this.#child.kill();
  }
}
