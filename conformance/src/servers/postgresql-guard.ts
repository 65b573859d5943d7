import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/**
 * Waits for the end of its standard input, which comes when the process that started it ends, however it does:
 * a killed one cannot clean up. The folder is tried again, since a server that was killed may still write into it.
 */
const SCRIPT = `
read -r _
[ -f "$1/data/postmaster.pid" ] && kill -KILL "$(head -n 1 "$1/data/postmaster.pid")"
until rm -rf "$1"; do sleep 0.1; done
`;

/** Ends the server of a folder, and removes the folder, when this process ends. */
export class Guard {
  readonly #process: ChildProcess;

  constructor(folder: string) {
    // In a process group of its own: what ends this one must not end it too.
    this.#process = spawn("/bin/sh", ["-c", SCRIPT, "eventy-guard", folder], {
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
