import { readFileSync } from "node:fs";
import { Failure } from "./failure.js";
import type { Testee } from "./testee.js";

/** What hostile bytes of a few kilobytes may cost: far above a pause of a garbage collector, far below a bomb. */
const ALLOWED_KB = 512 * 1024;

/** The most memory that a process ever used, in kilobytes, where the system tells (Linux). */
function peakMemory(pid: number): number | undefined {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes);
  } catch {
    return undefined;
  }
}

/**
 * Does something with a testee that must not take much memory. Elsewhere than on Linux only does it.
 *
 * @throws Failure if the memory that the testee uses at most grew beyond what is allowed.
 */
export async function withBoundedMemory(testee: Testee, action: () => Promise<void>): Promise<void> {
  const [pid, before] = [testee.pid, peakMemory(testee.pid)];
  await action();
  const after = peakMemory(testee.pid);
  if (before === undefined || after === undefined || testee.pid !== pid || after - before <= ALLOWED_KB)
    return;
  throw new Failure("TOO-MUCH-MEMORY", "the memory in use grew beyond what the bytes can account for", {
    requirement: "COD-006",
    expected: `at most ${ALLOWED_KB / 1024} MB more`,
    actual: `${Math.round((after - before) / 1024)} MB more`,
  });
}
