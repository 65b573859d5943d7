import type { MessageInitShape } from "@bufbuild/protobuf";
import type { CommandInit, ControlledTestee, Run } from "../cases/testee.js";
import type { Reply, RunSchema, Started } from "../gen/proto/eventy/conformance/v1/testee_pb.js";
import { AdapterError } from "./adapter-error.js";
import { Connection } from "./connection.js";
import { handled } from "./handled.js";
import { TesteeRun } from "./testee-run.js";
import { calibratedTimeout } from "./time-out.js";

/** How a testee is started. */
export interface Launch {
  /** Program and arguments. */
  readonly argv: readonly string[];
  /** Version of the protocol that the suite checks. */
  readonly protocolVersion: string;
  /** How long it may be silent while commands are pending; by default measured, see `calibratedTimeout`. */
  readonly timeoutMs?: number;
  /** How long it may take to start; 60 seconds by default. */
  readonly startTimeoutMs?: number;
}

/**
 * An implementation under test: one process at a time, started again when it has ended.
 *
 * The call that meets the end of a process fails; the call after that starts a new one, so a property can
 * be shrunk even if each counterexample kills the testee.
 */
export class TesteeProcess implements ControlledTestee {
  /** What it said about itself when it was first started. */
  readonly identity: Started;
  readonly capabilities: ReadonlySet<string>;
  readonly #launch: Launch;
  #connection: Connection;
  #reported = false;
  #restarting: Promise<void> | undefined;
  #fault: unknown;
  /** Why there will be no further process. */
  #lost: AdapterError | undefined;

  private constructor(launch: Launch, connection: Connection, identity: Started) {
    this.#launch = launch;
    this.#connection = connection;
    this.identity = identity;
    this.capabilities = new Set(identity.capabilities);
  }

  /**
   * Starts a testee.
   *
   * @throws AdapterError if it cannot be started or does not say who it is.
   */
  static async start(launch: Launch): Promise<TesteeProcess> {
    const [connection, identity] = await connect(launch);
    return new TesteeProcess(launch, connection, identity);
  }

  get pid(): number {
    return this.#connection.pid;
  }

  /** The last of what the present process wrote to standard error. */
  get stderr(): string {
    return this.#connection.stderr;
  }

  /** The last commands and replies of the present process. */
  get exchanges(): readonly string[] {
    return this.#connection.exchanges.lines;
  }

  /** Has a running process ready for the next case, with no history. */
  async prepare(): Promise<void> {
    if (this.#connection.error !== undefined && this.#reported) await this.restart();
    this.#connection.exchanges.clear();
    this.#fault = undefined;
  }

  /** Returns once what went wrong with the process since `prepare`, also if the case did not pass it on. */
  takeFault(): unknown {
    const { error, isEndExpected } = this.#connection;
    const fault = this.#fault ?? (isEndExpected && !(error instanceof AdapterError) ? undefined : error);
    this.#reported = true;
    this.#fault = undefined;
    return fault;
  }

  call(command: CommandInit, patience?: number): Promise<Reply["reply"]> {
    return handled(this.#attempt((connection) => connection.call(command, patience)));
  }

  startRun(run: MessageInitShape<typeof RunSchema>): Promise<Run> {
    return handled(
      this.#attempt(async (connection) => new TesteeRun(connection, await connection.startRun(run))),
    );
  }

  async kill(): Promise<void> {
    await this.#connection.kill();
    this.#reported = true;
  }

  async died(): Promise<void> {
    await this.#connection.died();
    this.#reported = true;
    if (this.#fault === this.#connection.error) this.#fault = undefined;
  }

  pause(): void {
    this.#connection.pause();
  }

  /** Has it stand still meanwhile, if a process runs that does not already. */
  async whilePaused<T>(act: () => Promise<T>): Promise<T> {
    const connection = this.#connection;
    if (connection.isPaused || connection.error !== undefined) return act();
    connection.pause();
    try {
      return await act();
    } finally {
      if (connection.error === undefined) connection.resume();
    }
  }

  resume(): void {
    this.#connection.resume();
  }

  /**
   * Ends the process and starts it again; once that has failed, it is not tried any more.
   *
   * @throws AdapterError if it cannot be started.
   */
  async restart(): Promise<void> {
    this.#restarting ??= this.#replace().finally(() => {
      this.#restarting = undefined;
    });
    await this.#restarting;
  }

  /** Ends the process politely, for good. */
  async stop(): Promise<void> {
    this.#lost = new AdapterError("the testee was stopped");
    await this.#connection.close();
  }

  /** Ends the process at once, for good. */
  async destroy(): Promise<void> {
    this.#lost = new AdapterError("the testee was stopped");
    await this.#connection.kill();
  }

  async #attempt<T>(ask: (connection: Connection) => Promise<T>): Promise<T> {
    if (this.#connection.error !== undefined && this.#reported) await this.restart();
    const connection = this.#connection;
    try {
      return await ask(connection);
    } catch (error) {
      // Only the end of the process is its fault: what was refused is for the case to judge.
      if (error === connection.error && !connection.isEndExpected && this.#restarting === undefined) {
        this.#reported = true;
        this.#fault ??= error;
      }
      throw error;
    }
  }

  async #replace(): Promise<void> {
    if (this.#lost !== undefined) throw this.#lost;
    await this.#connection.kill();
    try {
      const [connection] = await connect(this.#launch);
      if (this.#lost !== undefined) await connection.kill();
      this.#connection = connection;
      this.#reported = false;
    } catch (error) {
      if (error instanceof AdapterError) this.#lost = error;
      this.#fault ??= error;
      throw error;
    }
  }
}

async function connect(launch: Launch): Promise<[Connection, Started]> {
  const startedAt = performance.now();
  const connection = await Connection.open(launch.argv);
  if (launch.startTimeoutMs !== undefined) connection.silence.timeoutMs = launch.startTimeoutMs;
  try {
    const identity = await connection.handshake(launch.protocolVersion);
    connection.silence.timeoutMs = launch.timeoutMs ?? calibratedTimeout(performance.now() - startedAt);
    return [connection, identity];
  } catch (error) {
    await connection.kill();
    const reason = error instanceof Error ? error.message : String(error);
    const stderr = connection.stderr === "" ? "" : `\nIt wrote to standard error:\n${connection.stderr}`;
    throw new AdapterError(`the testee did not start: ${reason}${stderr}`, { cause: error });
  }
}
