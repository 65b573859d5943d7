import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const recipes = fileURLToPath(new URL("../../recipes/", import.meta.url));

/** A recipe that runs in a process of its own, as a user runs it. */
export class Recipe {
  /** What it has printed so far. */
  readonly lines: string[] = [];
  readonly #process: ChildProcess;
  readonly #ended: Promise<number | NodeJS.Signals | null>;
  #wake: () => void = () => {};

  constructor(path: string, ...args: readonly string[]) {
    this.#process = spawn(process.execPath, ["--import", "tsx", recipes + path, ...args], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const { stdout } = this.#process;
    if (stdout === null) throw new Error("stdout is a pipe");
    createInterface(stdout).on("line", (line) => {
      this.lines.push(line);
      this.#wake();
    });
    this.#ended = new Promise((resolve) => {
      this.#process.once("close", (code, signal) => {
        resolve(code ?? signal);
        this.#wake();
      });
    });
  }

  /** Its exit code, or the signal that ended it. */
  ended(): Promise<number | NodeJS.Signals | null> {
    return this.#ended;
  }

  /** Waits until it has printed something, or has ended. */
  async until(isThere: (lines: readonly string[]) => boolean): Promise<void> {
    while (!isThere(this.lines) && this.#process.exitCode === null && this.#process.signalCode === null) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  kill(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null> {
    this.#process.kill(signal);
    return this.#ended;
  }
}

/** What a recipe prints that runs to its end. */
export async function outputOf(path: string, ...args: readonly string[]): Promise<readonly string[]> {
  const recipe = new Recipe(path, ...args);
  const code = await recipe.ended();
  if (code !== 0) throw new Error(`${path} ended with ${code}`);
  return recipe.lines;
}
