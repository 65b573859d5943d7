import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { platform } from "node:os";
import { promisify } from "node:util";

/**
 * Kills a process and its children at one blow.
 *
 * The children of a PostgreSQL server have process groups of their own. The
 * parent is stopped first, so that it neither forks nor cleans up after them.
 */
export async function killTree(pid: number): Promise<void> {
  signal(pid, "SIGSTOP");
  const children = await childrenOf(pid);
  signal(pid, "SIGKILL");
  for (const child of children) signal(child, "SIGKILL");
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    const gone = error instanceof Error && "code" in error && error.code === "ESRCH";
    if (!gone) throw error;
  }
}

async function childrenOf(pid: number): Promise<readonly number[]> {
  const all = platform() === "linux" ? fromProc() : await fromPs();
  return all.filter(([, parent]) => parent === pid).map(([child]) => child);
}

type Relation = readonly [child: number, parent: number];

/** Images of containers often have no `ps`. */
function fromProc(): readonly Relation[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentInProc(name)] as const);
}

function parentInProc(name: string): number {
  try {
    const line = readFileSync(`/proc/${name}/stat`, "utf8");
    // The second field, the command in parentheses, may hold blanks; the fourth is the parent.
    return Number(line.slice(line.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return 0; // It has ended since.
  }
}

async function fromPs(): Promise<readonly Relation[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid="]);
  return stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([child = 0, parent = 0]) => [child, parent] as const);
}
