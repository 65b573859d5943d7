import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A process of `child.ts`. */
export interface Child {
  /** The lines that it has written; all of them once it was killed. */
  readonly lines: readonly string[];
  /** Resolves when it has written that many lines. */
  written(count: number): Promise<void>;
  /** Ends it with SIGKILL, and resolves when it is gone. */
  kill(): Promise<void>;
}

export function startChild(mode: "hold" | "work", file: string): Child {
  const program = fileURLToPath(new URL("./child.ts", import.meta.url));
  const child: ChildProcess = spawn(process.execPath, ["--import", "tsx", program, mode, file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const { stdout } = child;
  if (stdout === null) throw new Error("the child has no standard output");
  const gone = once(child, "close");
  const lines: string[] = [];
  const reader = createInterface({ input: stdout });
  reader.on("line", (line) => lines.push(line));
  return {
    lines,
    written: async (count) => {
      while (lines.length < count) {
        if (child.exitCode !== null) throw new Error(`the child ended with status ${child.exitCode}`);
        await Promise.race([once(reader, "line"), gone]);
      }
    },
    kill: async () => {
      child.kill("SIGKILL");
      await gone;
    },
  };
}
