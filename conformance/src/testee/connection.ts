import type { MessageInitShape } from "@bufbuild/protobuf";
import { type Anomaly, Failure } from "../cases/failure.js";
import type { CommandInit } from "../cases/testee.js";
import type { Reply, RunSchema, Started } from "../gen/proto/eventy/conformance/v1/testee_pb.js";
import { AdapterError } from "./adapter-error.js";
import { Child } from "./child.js";
import { Exchanges } from "./exchanges.js";
import { InFlight } from "./in-flight.js";
import { Killed } from "./killed.js";
import { LineSplitter } from "./lines.js";
import { killGroup } from "./process-group.js";
import { RunJournal } from "./run-journal.js";
import { Silence } from "./silence.js";
import { START_TIMEOUT_MS } from "./time-out.js";
import { formatCommand, parseReply } from "./wire.js";

/** How long a testee may take to answer `stop`; whatever it still does is of no interest. */
const STOP_TIMEOUT_MS = 5_000;

/**
 * Commands to one process and its replies.
 *
 * The first thing that goes wrong ends it: commands in flight are rejected with that error, or, when there
 * are none, the next one is. The process is killed then, as nothing that it says later can be trusted.
 */
export class Connection {
  /** Runs out when the process says nothing while something is expected of it. */
  readonly silence: Silence = new Silence(START_TIMEOUT_MS, (silentMs, expected) =>
    this.#break(
      this.#failure(
        "TIMED-OUT",
        `nothing said within ${silentMs / 1000} s: ${expected.join(", ")} did not come`,
      ),
    ),
  );
  readonly exchanges: Exchanges = new Exchanges();
  readonly #child: Child;
  readonly #inFlight = new InFlight();
  readonly #runs = new Map<string, RunJournal>();
  #error: Error | undefined;
  #isKilled = false;
  #hasEnded = false;
  #isEndExpected = false;
  #isPaused = false;
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
    void child.ended.then((how) => {
      // Unless something else came first, for which it was killed.
      this.#hasEnded = this.#error === undefined;
      this.#break(this.#isKilled ? new Killed() : this.#failure("CRASHED", `the testee ended (${how})`));
    });
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

  /** Whether the end of the process was what broke the connection. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Whether the process was killed on purpose, or was to die. */
  get isEndExpected(): boolean {
    return this.#isEndExpected;
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
   * @param patience how long the process may be silent while this command is pending, as a share of the usual time
   * @throws Failure if the process ends or is silent for too long, AdapterError if it says what it must not.
   */
  call(command: CommandInit, patience = 1): Promise<Reply["reply"]> {
    return this.#send(this.#nextId(), command, patience);
  }

  /**
   * Has the process run a service.
   *
   * @throws Failure REFUSED if it refuses, and what `call` throws.
   */
  async startRun(run: MessageInitShape<typeof RunSchema>): Promise<RunJournal> {
    const id = this.#nextId();
    const reply = await this.#send(id, { case: "run", value: run });
    const journal = this.#runs.get(id);
    if (reply.case === "running" && journal !== undefined) return journal;
    const actual = reply.case === "failed" ? reply.value.message : "";
    throw new Failure("REFUSED", "refused to run the service", { actual, history: this.exchanges.lines });
  }

  /** Ends the process politely: `stop`, then the end of its input, then signals. */
  async close(): Promise<void> {
    this.silence.timeoutMs = Math.min(this.silence.timeoutMs, STOP_TIMEOUT_MS);
    if (this.#error === undefined) await this.call({ case: "stop", value: {} }).catch(() => {});
    await this.#child.end();
  }

  /** Ends the process at once, and waits until all that it said is read. */
  async kill(): Promise<void> {
    if (this.#error === undefined) {
      this.#isKilled = true;
      this.#isEndExpected = true;
    }
    await this.#child.kill();
  }

  /**
   * Waits until the process has ended by itself, which is no fault then.
   *
   * @throws Failure TIMED-OUT if it lives on.
   */
  async died(): Promise<void> {
    this.#isEndExpected = true;
    const limitMs = this.silence.timeoutMs;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const failure = this.#failure("TIMED-OUT", `the process did not end within ${limitMs / 1000} s`);
      timer = setTimeout(() => reject(failure), limitMs);
    });
    await Promise.race([this.#child.ended, late]).finally(() => clearTimeout(timer));
  }

  /** Whether the process stands still. */
  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Stops the process where it is; it is out of time only when it goes on. */
  pause(): void {
    this.#isPaused = true;
    this.silence.pause();
    killGroup(this.pid, "SIGSTOP");
  }

  resume(): void {
    this.#isPaused = false;
    killGroup(this.pid, "SIGCONT");
    this.silence.resume();
  }

  #nextId(): string {
    this.#lastId += 1;
    return String(this.#lastId);
  }

  #send(id: string, command: CommandInit, patience = 1): Promise<Reply["reply"]> {
    if (this.#error !== undefined) return Promise.reject(this.#error);
    const line = formatCommand(id, command);
    const unexpect = this.silence.expect(`the reply to \`${command.case}\``, patience);
    const reply = this.#inFlight.sent(id, command.case);
    this.exchanges.sent(line);
    this.#child.write(line);
    return reply.finally(unexpect);
  }

  #receive(line: string): void {
    if (this.#error !== undefined) return;
    this.exchanges.received(line);
    const { id, reply } = parseReply(line);
    this.silence.heard();
    if (reply.case === "event") {
      const journal = this.#runs.get(id);
      if (journal === undefined) {
        throw new AdapterError(`the testee said an event of ${JSON.stringify(id)}, which does not run`);
      }
      journal.add(reply.value);
      return;
    }
    this.#inFlight.answered(id, reply);
    // Now, and not when the caller goes on: events may follow in the same breath.
    if (reply.case === "running") this.#runs.set(id, new RunJournal(id));
  }

  #failure(anomaly: Anomaly, message: string): Failure {
    return new Failure(anomaly, message, { history: this.exchanges.lines });
  }

  #break(error: Error): void {
    if (this.#error !== undefined) return;
    this.#error = error;
    this.#inFlight.break(error);
    for (const run of this.#runs.values()) run.break(error);
    void this.#child.kill();
  }
}
