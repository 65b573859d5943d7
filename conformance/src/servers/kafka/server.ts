import type { Guard } from "../guard.js";
import type { Server } from "../server.js";
import type { KafkaBroker } from "./broker.js";
import type { Addresses } from "./listeners.js";

/** A Kafka cluster of this machine, whose brokers can be killed and come back with what they wrote. */
export class KafkaServer implements Server {
  readonly addresses: Addresses;
  /** The certificate of the authority that signed those of the brokers, as PEM; empty where nothing is encrypted. */
  readonly authority: string;
  /** In the order of the addresses. */
  readonly nodes: readonly KafkaBroker[];
  /** Where the files of the brokers are, such as `broker-1.log`. */
  readonly folder: string;
  readonly #guard: Guard;

  constructor(parts: Pick<KafkaServer, "nodes" | "addresses" | "authority" | "folder">, guard: Guard) {
    this.nodes = parts.nodes;
    this.addresses = parts.addresses;
    this.authority = parts.authority;
    this.folder = parts.folder;
    this.#guard = guard;
  }

  /** `host:port` of each broker, for clients that nothing stands before. */
  get brokers(): readonly string[] {
    return this.addresses.direct;
  }

  /** Kills all brokers with SIGKILL. */
  async kill(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.kill()));
  }

  /**
   * Starts the brokers that do not run, and waits until they are part of the cluster.
   *
   * @throws Error with the last lines of the log of one that does not start.
   */
  async start(): Promise<void> {
    const starts = await Promise.allSettled(this.nodes.map((node) => node.start()));
    const failed = starts.find((start) => start.status === "rejected");
    if (failed !== undefined) throw failed.reason;
  }

  async restart(): Promise<void> {
    await this.kill();
    await this.start();
  }

  /** Ends it, and removes its data, unless they lie in a folder that was given. */
  async stop(): Promise<void> {
    await this.kill();
    await this.#guard.dismiss();
  }
}
