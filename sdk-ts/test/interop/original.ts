import { type ChildProcessByStdio, execFileSync, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { type Plain, plainFromProtoJson } from "./plain.js";

/** The folder of the suite's testee for the original Python package. */
const TESTEE: string = fileURLToPath(new URL("../../../conformance/testees/python-eventy", import.meta.url));

/** The Python that has the original package, eventy 3.4.0, which is installed first if need be. */
export function pythonEnvironment(): string {
  return execFileSync(process.execPath, [`${TESTEE}/setup.mjs`], { encoding: "utf8" }).trim();
}

interface Reply {
  readonly id: string;
  readonly decoded?: { readonly record: unknown };
  readonly failed?: { readonly message: string };
}

/** The original package, in one process that answers for all records. */
export class Original {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  constructor() {
    this.#process = spawn(pythonEnvironment(), [`${TESTEE}/adapter.py`], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#lines = linesOf(this.#process.stdout);
  }

  /** What the original reads in bytes. */
  async read(encoding: "JSON" | "AVRO", bytes: Uint8Array): Promise<Plain> {
    const command = { encoding: `ENCODING_${encoding}`, bytes: Buffer.from(bytes).toString("base64") };
    this.#process.stdin.write(`${JSON.stringify({ id: "1", decode: command })}\n`);
    const line = await this.#lines.next();
    if (line.done === true) throw new Error("the original has ended");
    const { decoded, failed } = JSON.parse(line.value) as Reply;
    if (decoded === undefined) throw new Error(`the original refuses: ${failed?.message}`);
    return plainFromProtoJson(decoded.record);
  }

  /** Ends the process. */
  stop(): void {
    this.#process.stdin.end();
  }
}

/** Lines end at a newline only; for node:readline, U+2028 may end one too. */
async function* linesOf(stream: Readable): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of stream.setEncoding("utf8")) {
    const lines = `${rest}${chunk}`.split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}
