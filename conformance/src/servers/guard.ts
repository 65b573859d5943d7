import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** The end of its standard input comes when the process that started it ends, however it does: a killed one cannot clean up. */
const WAIT = "read -r _\n";

/** Runs a script when this process ends, or before. */
export class Guard {
  readonly #process: ChildProcess;

  /**
   * @param script lines for a shell that end the processes of a server and remove its folder, which is `$1`
   */
  constructor(script: string, folder: string) {
    // In a process group of its own: what ends this one must not end it too.
    this.#process = spawn("/bin/sh", ["-c", WAIT + script, "eventy-guard", folder], {
      cwd: "/",
      detached: true,
      stdio: ["pipe", "ignore", "ignore"],
    });
  }

  /** Has it do its work now. */
  async dismiss(): Promise<void> {
    const exit = once(this.#process, "exit");
    this.#process.stdin?.end();
    await exit;
  }
}
