import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";

/** A server of a test's own, which may be killed. It runs in a process of the suite, which the SDK does not import. */
export class OwnServer {
  readonly url: string;
  readonly #process: ChildProcess;
  readonly #lines: Interface;

  private constructor(process: ChildProcess, lines: Interface, url: string) {
    this.#process = process;
    this.#lines = lines;
    this.url = url;
  }

  static async start(settings: Readonly<Record<string, string | number>> = {}): Promise<OwnServer> {
    const suite = new URL("../../../../conformance/src/servers/postgresql.ts", import.meta.url);
    const script = `
      const { startPostgresql } = await import(${JSON.stringify(suite.href)});
      const server = await startPostgresql({ settings: ${JSON.stringify(settings)} });
      console.log(server.url);
      for await (const command of (await import("node:readline")).createInterface(process.stdin)) {
        if (command === "kill") await server.kill();
        else await server.start();
        console.log("done");
      }
      await server.stop();`;
    const args = ["--import", "tsx", "--input-type=module", "-e", script];
    const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
    const lines = createInterface(child.stdout);
    const [url] = await once(lines, "line");
    return new OwnServer(child, lines, url);
  }

  kill(): Promise<void> {
    return this.#tell("kill");
  }

  restart(): Promise<void> {
    return this.#tell("start");
  }

  async stop(): Promise<void> {
    this.#process.stdin?.end();
    await once(this.#process, "exit");
  }

  async #tell(command: string): Promise<void> {
    const done = once(this.#lines, "line");
    this.#process.stdin?.write(`${command}\n`);
    await done;
  }
}
