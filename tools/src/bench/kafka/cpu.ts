import { existsSync, readFileSync } from "node:fs";

/** Linux counts in hundredths of a second, whatever the machine. */
const microsecondsPerTick = 10_000;

/** Processor time of processes so far, in microseconds; undefined where the system does not say so. */
export function cpuOf(pids: readonly number[]): number | undefined {
  if (!existsSync("/proc/self/stat")) return undefined;
  return pids.reduce((sum, pid) => sum + ticksOf(pid) * microsecondsPerTick, 0);
}

/** In user and in system mode: two numbers behind the name of the program, which may hold blanks itself. */
function ticksOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return Number(fields[11]) + Number(fields[12]);
}
