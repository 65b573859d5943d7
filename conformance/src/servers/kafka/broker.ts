import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { javaProgram } from "./java.js";
import { type Settings, toProperties } from "./settings.js";

/** What a broker is started from. */
export interface BrokerPlan {
  readonly id: number;
  /** The folder of the cluster's files, which its guard watches. */
  readonly folder: string;
  readonly jars: string;
  /** More options of the Java runtime. */
  readonly java: readonly string[];
  readonly settings: Settings;
  /** Whether it takes part in the cluster now. */
  readonly isReady: () => Promise<boolean>;
}

/** Quick to start, and content with little. */
const JVM = ["-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true"];
const LOGGING = [
  "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
  "-Dorg.slf4j.simpleLogger.showDateTime=true",
];
/** How long a broker may take until it is ready, recovery from a crash included. */
const START_MS = 120_000;
const RETRY_MS = 50;
const LOG_CHARACTERS = 4_000;

/**
 * Becomes a broker, after it has written down its process for the guard. Once the guard has removed the file
 * `open`, nothing begins any more: a broker that starts while its guard works is either killed or never there.
 */
const LAUNCH = `
echo $$ > "$1.new" && mv "$1.new" "$1" && [ -f open ] || exit 1
shift
exec "$@"
`;

/** A server of a Kafka cluster, which is a broker and a controller at once. */
export class KafkaBroker {
  readonly #plan: BrokerPlan;
  readonly #properties: string;
  #process: ChildProcess | undefined;
  /** Where in the log this start begins. */
  #logStart = 0;

  constructor(plan: BrokerPlan) {
    this.#plan = plan;
    this.#properties = join(plan.folder, `broker-${plan.id}.properties`);
    writeFileSync(this.#properties, toProperties(plan.settings));
  }

  get id(): number {
    return this.#plan.id;
  }

  /** The number of its process while it runs. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /**
   * Makes the folder of its data ready, once.
   *
   * @param args more arguments of `kafka-storage format`: the id of the cluster, and users
   * @throws Error with what that printed, if it fails.
   */
  async format(args: readonly string[]): Promise<void> {
    const options = ["--config", this.#properties, "--ignore-formatted"];
    const [code] = await once(this.#run("kafka.tools.StorageTool", "format", ...options, ...args), "exit");
    if (code !== 0) throw new Error(`Kafka cannot format its folder:\n${this.log()}`);
  }

  /**
   * Starts it, and waits until it is part of the cluster. Nothing happens if it runs.
   *
   * @throws Error with the last lines of its log if it does not start.
   */
  async start(): Promise<void> {
    if (this.#process !== undefined) return;
    const child = this.#run("kafka.Kafka", this.#properties);
    const ended = new Promise<true>((resolve) => {
      child.once("error", () => resolve(true)).once("exit", () => resolve(true));
    });
    const deadline = Date.now() + START_MS;
    while (Date.now() < deadline) {
      if (await this.#plan.isReady()) return;
      if (await Promise.race([ended, sleep(RETRY_MS, false)])) break;
    }
    await this.kill();
    throw new Error(`Kafka does not start:\n${this.log()}`);
  }

  /** Ends it by SIGKILL. What it wrote to files is kept. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (child === undefined) return;
    const exit = once(child, "exit");
    child.kill("SIGKILL");
    await exit;
  }

  /** Kills it if it runs, and starts it at the same address with the same data. */
  async restart(): Promise<void> {
    await this.kill();
    await this.start();
  }

  /** Stops it where it is, as a long pause of its machine would: its connections stay open and nothing answers. */
  pause(): void {
    this.#process?.kill("SIGSTOP");
  }

  /** Has it go on. */
  resume(): void {
    this.#process?.kill("SIGCONT");
  }

  /** The end of what it logged since it was started. */
  log(): string {
    return readFileSync(this.#file("log")).subarray(this.#logStart).toString().slice(-LOG_CHARACTERS);
  }

  #run(main: string, ...args: readonly string[]): ChildProcess {
    const { folder, jars, java: more } = this.#plan;
    const log = openSync(this.#file("log"), "a");
    this.#logStart = statSync(this.#file("log")).size;
    const java = [javaProgram("java"), ...JVM, ...LOGGING, ...more, "-cp", join(jars, "*")];
    const command = [...java, main, ...args];
    const child = spawn("/bin/sh", ["-c", LAUNCH, "eventy-kafka", this.#file("pid"), ...command], {
      cwd: folder,
      env: environment(),
      detached: true,
      stdio: ["ignore", log, log],
    });
    closeSync(log);
    this.#process = child;
    child.once("exit", () => {
      this.#process = undefined;
      // The number may be that of another process soon, which the guard must not kill.
      rmSync(this.#file("pid"), { force: true });
    });
    return child;
  }

  #file(suffix: string): string {
    return join(this.#plan.folder, `broker-${this.#plan.id}.${suffix}`);
  }
}

/** No setting of the user's own Java reaches the server. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env["PATH"], LC_ALL: "C", TZ: "UTC" };
}
