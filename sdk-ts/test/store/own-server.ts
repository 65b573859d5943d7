import { Program } from "../program.js";

/** A server of a test's own. */
export interface OwnServer {
  /** Kills it, or one of its nodes, by the number from 0. */
  kill(node?: number): Promise<void>;
  /** Starts what was killed, and waits until it can be used. */
  restart(node?: number): Promise<void>;
  stop(): Promise<void>;
}

/** Which server of the conformance suite is started. */
export interface SuiteServer<Facts> {
  /** The module that starts it, by its path among the servers, and the name of its function. */
  readonly module: string;
  readonly start: string;
  readonly options: object;
  /** What is to be known of it. */
  readonly facts: readonly (keyof Facts & string)[];
}

/** Starts a server in a process of the suite, which the SDK does not import. */
export async function startServer<Facts extends object>(
  server: SuiteServer<Facts>,
): Promise<OwnServer & Facts> {
  const servers = new URL("../../../conformance/src/servers/", import.meta.url);
  const program = new Program(
    new URL("./suite-server.ts", import.meta.url),
    new URL(server.module, servers).href,
    server.start,
    JSON.stringify(server.options),
    server.facts.join(),
  );
  const answer = async (): Promise<string> => {
    const answers = program.lines.length;
    await program.until((lines) => lines.length > answers);
    return program.lines[answers] ?? "";
  };
  const tell = async (what: string, node?: number): Promise<void> => {
    program.tell(node === undefined ? what : `${what} ${node}`);
    await answer();
  };
  const facts: Facts = JSON.parse(await answer());
  return {
    ...facts,
    kill: (node) => tell("kill", node),
    restart: (node) => tell("start", node),
    stop: async () => {
      await program.end();
    },
  };
}
