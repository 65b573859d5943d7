import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Contender } from "./measure.js";

const script = fileURLToPath(new URL("../../bench/decode_avro.py", import.meta.url));
const setup = fileURLToPath(new URL("../../../conformance/testees/python-eventy/setup.mjs", import.meta.url));

/** The original Python package as a contender, in a process of its own that lives until `stop`. */
export interface PythonContender extends Contender {
  stop(): Promise<void>;
}

/** Starts eventy 3.4.0 to decode Avro container files. The first start installs it. */
export function pythonAvroDecode(name: string, files: readonly Uint8Array[]): PythonContender {
  const python = execFileSync(process.execPath, [setup], { encoding: "utf8" }).trim();
  const child = spawn(python, [script]);
  child.stderr.pipe(process.stderr);
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
  child.stdin.write(`${JSON.stringify(files.map((file) => Buffer.from(file).toString("base64")))}\n`);

  async function run(times: number): Promise<number> {
    child.stdin.write(`${times}\n`);
    const { value, done } = await answers.next();
    if (done === true) throw new Error("The Python process ended before it answered.");
    return Number(value);
  }
  return { name, run, stop: () => stop(child) };
}

async function stop(child: ChildProcessWithoutNullStreams): Promise<void> {
  child.stdin.end();
  if (child.exitCode === null) await once(child, "exit");
}
