import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";

/** An exit code, or the signal that ended a process. */
type Ending = number | NodeJS.Signals;

/** A program that runs in a process of its own. */
export class Program {
  /** What it has printed so far; all of it once the program has ended. */
  readonly lines: string[] = [];
  readonly #path: string;
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #reader: Interface;
  readonly #ended: Promise<Ending>;
  #ending: Ending | undefined;

  constructor(path: URL, ...args: readonly string[]) {
    this.#path = fileURLToPath(path);
    this.#process = spawn(process.execPath, ["--import", "tsx", this.#path, ...args], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#reader = createInterface(this.#process.stdout);
    this.#reader.on("line", (line) => this.lines.push(line));
    this.#ended = once(this.#process, "close").then(([code, signal]) => {
      this.#ending = code ?? signal;
      return code ?? signal;
    });
  }

  ended(): Promise<Ending> {
    return this.#ended;
  }

  /** Waits until that is so of the lines; fails if the program ends before. */
  async until(isSo: (lines: readonly string[]) => boolean): Promise<void> {
    while (!isSo(this.lines)) {
      if (this.#ending !== undefined) throw new Error(`${this.#path} has ended with ${this.#ending}`);
      await Promise.race([once(this.#reader, "line"), this.#ended]);
    }
  }

  /** Waits for a line that begins with that text, from the `from`th on. */
  hears(text: string, from = 0): Promise<void> {
    return this.until((lines) => lines.slice(from).some((line) => line.startsWith(text)));
  }

  /** Writes a line to its standard input. */
  tell(line: string): void {
    this.#process.stdin.write(`${line}\n`);
  }

  signal(name: NodeJS.Signals): void {
    this.#process.kill(name);
  }

  /** Sends a signal that ends it, and waits for that. */
  kill(signal: NodeJS.Signals = "SIGKILL"): Promise<Ending> {
    this.signal(signal);
    return this.#ended;
  }

  /** Ends its standard input, and waits until it has ended by itself. */
  end(): Promise<Ending> {
    this.#process.stdin.end();
    return this.#ended;
  }
}
