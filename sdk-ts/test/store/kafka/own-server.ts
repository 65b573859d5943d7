import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";

/** What a server of one's own may be asked for: the options of the suite's `startKafka`. */
interface Options {
  readonly brokers?: number;
  readonly users?: readonly { readonly name: string; readonly password: string }[];
  readonly settings?: Readonly<Record<string, string | number>>;
}

interface Started {
  /** `host:port` of each broker, for whoever comes. */
  readonly brokers: readonly string[];
  /** With TLS, for users. */
  readonly secure: readonly string[];
  /** The certificate of who signed those of the brokers. */
  readonly authority: string;
}

/** A cluster of a test's own, which may be killed. It runs in a process of the suite, which the SDK does not import. */
export class OwnServer {
  readonly brokers: readonly string[];
  readonly secure: readonly string[];
  readonly authority: string;
  readonly #process: ChildProcess;
  readonly #lines: Interface;

  private constructor(process: ChildProcess, lines: Interface, { brokers, secure, authority }: Started) {
    this.#process = process;
    this.#lines = lines;
    this.brokers = brokers;
    this.secure = secure;
    this.authority = authority;
  }

  static async start(options: Options = {}): Promise<OwnServer> {
    const suite = new URL("../../../../conformance/src/servers/kafka/start.ts", import.meta.url);
    const script = `
      const { startKafka } = await import(${JSON.stringify(suite.href)});
      const server = await startKafka(${JSON.stringify(options)});
      const { brokers, addresses: { secure }, authority } = server;
      console.log(JSON.stringify({ brokers, secure, authority }));
      for await (const command of (await import("node:readline")).createInterface(process.stdin)) {
        const [what, which] = command.split(" ");
        await (which === "all" ? server : server.nodes[Number(which)])[what]();
        console.log("done");
      }
      await server.stop();`;
    const args = ["--import", "tsx", "--input-type=module", "-e", script];
    const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
    const lines = createInterface(child.stdout);
    const [line] = await once(lines, "line");
    return new OwnServer(child, lines, JSON.parse(line));
  }

  /** Kills a broker, by its number from 0, or all of them. */
  kill(broker: number | "all"): Promise<void> {
    return this.#tell(`kill ${broker}`);
  }

  /** Starts what was killed, and waits until it is part of the cluster. */
  restart(broker: number | "all"): Promise<void> {
    return this.#tell(`start ${broker}`);
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
