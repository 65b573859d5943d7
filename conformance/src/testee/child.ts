import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { AdapterError } from "./adapter-error.js";
import { killGroup, trackGroup } from "./process-group.js";
import { Tail } from "./tail.js";

type Process = ChildProcessByStdio<Writable, Readable, Readable>;

/** How much of standard error is kept for the report. */
const STDERR_BYTES = 16 * 1024;
/** How long output may still arrive after the exit, from a pipe that a stray descendant holds open. */
const DRAIN_MS = 500;
/** How long a testee has to end at each step: after `stop`, then after SIGTERM. */
const GRACE_MS = 2_000;

/** A child process in a process group of its own, started without a shell. */
export class Child {
  readonly pid: number;
  /** Settles when the process has ended and its output is read, with how it ended: `exit status 1`. */
  readonly ended: Promise<string>;
  readonly #process: Process;
  readonly #stderr: Tail = new Tail(STDERR_BYTES);

  private constructor(process: Process, pid: number) {
    this.#process = process;
    this.pid = pid;
    const untrack = trackGroup(pid);
    process.stderr.on("data", (chunk: Buffer) => this.#stderr.push(chunk));
    // A broken pipe means that the process ends; `ended` tells.
    process.stdin.on("error", () => {});
    this.ended = new Promise((resolve) => {
      process.once("exit", (code, signal) => {
        killGroup(pid, "SIGKILL");
        untrack();
        const how = signal === null ? `exit status ${code}` : `signal ${signal}`;
        const drained = setTimeout(() => {
          process.stdout.destroy();
          process.stderr.destroy();
        }, DRAIN_MS);
        process.once("close", () => {
          clearTimeout(drained);
          resolve(how);
        });
      });
    });
  }

  /**
   * Starts a program.
   *
   * @throws AdapterError if it cannot be started.
   */
  static start(argv: readonly string[]): Promise<Child> {
    const [file = "", ...args] = argv;
    return new Promise((resolve, reject) => {
      const refuse = (cause: Error): void =>
        reject(
          new AdapterError(`cannot start the testee ${JSON.stringify(file)}: ${cause.message}`, { cause }),
        );
      try {
        const process = spawn(file, args, { detached: true, stdio: ["pipe", "pipe", "pipe"] });
        process.once("error", refuse);
        process.once("spawn", () => {
          if (process.pid !== undefined) resolve(new Child(process, process.pid));
        });
      } catch (error) {
        refuse(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }

  /** The last of what it wrote to standard error. */
  get stderr(): string {
    return this.#stderr.text;
  }

  /** Hands over standard output as it arrives. */
  onOutput(listener: (chunk: Uint8Array) => void): void {
    this.#process.stdout.on("data", listener);
  }

  write(line: string): void {
    this.#process.stdin.write(`${line}\n`);
  }

  /** Ends the whole group at once. */
  async kill(): Promise<void> {
    killGroup(this.pid, "SIGKILL");
    await this.ended;
  }

  /** Closes standard input and waits for the end; who does not end gets SIGTERM, then SIGKILL. */
  async end(graceMs: number = GRACE_MS): Promise<void> {
    this.#process.stdin.end();
    const steps = [() => killGroup(this.pid, "SIGTERM"), () => killGroup(this.pid, "SIGKILL")];
    let timer: NodeJS.Timeout | undefined;
    const next = (): void => {
      steps.shift()?.();
      timer = setTimeout(next, graceMs);
    };
    timer = setTimeout(next, graceMs);
    await this.ended;
    clearTimeout(timer);
  }
}
