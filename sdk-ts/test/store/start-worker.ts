import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { until } from "./until.js";

/** A process of a program of the tests. */
export class Worker {
  readonly lines: string[] = [];
  readonly #process: ChildProcess;
  readonly #ended: Promise<unknown>;

  constructor(program: URL, ...args: readonly string[]) {
    const script = fileURLToPath(program);
    const child = spawn(process.execPath, ["--import", "tsx", script, ...args], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#process = child;
    this.#ended = once(child, "exit");
    createInterface(child.stdout).on("line", (line) => this.lines.push(line));
  }

  /** Waits for a line that begins with that text, from the `from`th on. */
  async hears(text: string, from = 0): Promise<void> {
    await until(() => this.lines.slice(from).some((line) => line.startsWith(text)));
  }

  signal(name: NodeJS.Signals): void {
    this.#process.kill(name);
  }

  async kill(): Promise<void> {
    this.signal("SIGKILL");
    await this.#ended;
  }

  /** Has it leave and end in order. */
  async end(): Promise<void> {
    this.#process.stdin?.end();
    await this.#ended;
  }
}
