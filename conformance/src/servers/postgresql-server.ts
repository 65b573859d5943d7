import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Guard } from "./guard.js";
import { killTree } from "./postgresql-processes.js";
import type { User } from "./postgresql-user.js";

/** The name of the user who may do everything. */
export const USER = "eventy";
/** How long a server may take to accept connections, recovery from a crash included. */
const START_MS = 120_000;
const RETRY_MS = 20;
const LOG_CHARACTERS = 2_000;

/** What a server is started from. */
export interface Cluster {
  readonly postgres: string;
  readonly folder: string;
  readonly password: string;
  readonly user: User;
  readonly port: number;
}

/** A server that can be killed and come back with what it made durable. */
export class PostgresqlServer {
  readonly #cluster: Cluster;
  readonly #guard: Guard;
  readonly #args: readonly string[];
  #process: ChildProcess | undefined;

  constructor(cluster: Cluster, guard: Guard, settings: Readonly<Record<string, string | number>>) {
    this.#cluster = cluster;
    this.#guard = guard;
    const all = {
      listen_addresses: "127.0.0.1",
      port: cluster.port,
      unix_socket_directories: "",
      max_connections: 200,
      ...settings,
    };
    const pairs = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    this.#args = ["-D", join(cluster.folder, "data"), ...pairs];
  }

  /** Where clients connect to, as a user who may do everything. */
  get url(): string {
    return this.#urlOf("postgres");
  }

  /**
   * Creates an empty database.
   *
   * @returns its URL
   */
  async createDatabase(name: string): Promise<string> {
    const client = new pg.Client({ connectionString: this.url });
    await client.connect();
    try {
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
    } finally {
      await client.end();
    }
    return this.#urlOf(name);
  }

  /** Kills all its processes with SIGKILL, as a power cut would, except that what it wrote to files is kept. */
  async kill(): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    if (process?.pid === undefined || process.exitCode !== null || process.signalCode !== null) return;
    const exit = once(process, "exit");
    await killTree(process.pid);
    await exit;
  }

  /**
   * Starts it, and waits until it accepts connections. Nothing happens if it runs.
   *
   * @throws Error with the last lines of its log if it does not start.
   */
  async start(): Promise<void> {
    if (this.#process !== undefined) return;
    const deadline = Date.now() + START_MS;
    while (!(await this.#launch(deadline))) {
      // Processes of a predecessor that was killed may still hold its memory for a moment.
      const passing = this.#log().includes("pre-existing shared memory block");
      if (!passing || Date.now() > deadline) throw new Error(`PostgreSQL does not start:\n${this.#log()}`);
      await sleep(RETRY_MS);
    }
  }

  /** Kills it if it runs, and starts it on the same port and the same data. */
  async restart(): Promise<void> {
    await this.kill();
    await this.start();
  }

  /** Ends it, and removes its data. */
  async stop(): Promise<void> {
    await this.kill();
    await this.#guard.dismiss();
  }

  async #launch(deadline: number): Promise<boolean> {
    const log = openSync(this.#logFile, "w");
    const child = spawn(this.#cluster.postgres, this.#args, {
      ...this.#cluster.user,
      cwd: this.#cluster.folder,
      env: environment(),
      detached: true,
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    const ended = new Promise<boolean>((resolve) => {
      child.once("error", () => resolve(true)).once("exit", () => resolve(true));
    });
    this.#process = child;
    while (Date.now() < deadline) {
      if (await this.#answers()) return true;
      if (await Promise.race([ended, sleep(RETRY_MS, false)])) break;
    }
    await this.kill();
    return false;
  }

  async #answers(): Promise<boolean> {
    const client = new pg.Client({ connectionString: this.url, connectionTimeoutMillis: START_MS });
    // A server that ends breaks the connection at any time.
    client.on("error", () => {});
    try {
      await client.connect();
      return true;
    } catch {
      return false;
    } finally {
      await client.end();
    }
  }

  #urlOf(database: string): string {
    const { password, port } = this.#cluster;
    return `postgresql://${USER}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  }

  get #logFile(): string {
    return join(this.#cluster.folder, "log");
  }

  #log(): string {
    return readFileSync(this.#logFile, "utf8").slice(-LOG_CHARACTERS);
  }
}

/** No setting of the user's own PostgreSQL and no language reaches the server. */
export function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env["PATH"], LC_ALL: "C", TZ: "UTC" };
}
