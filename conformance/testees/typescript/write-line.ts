import { writeSync } from "node:fs";

const STANDARD_OUTPUT = 1;
const PAUSE_MS = 1;

/**
 * Writes a line to standard output and returns when the pipe has it, so that it outlives the process.
 *
 * `process.stdout` promises that on some platforms only.
 */
export function writeLine(line: string): void {
  let rest: Uint8Array = Buffer.from(`${line}\n`);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(STANDARD_OUTPUT, rest));
    } catch (error) {
      const isFull = error instanceof Error && "code" in error && error.code === "EAGAIN";
      if (!isFull) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
}
