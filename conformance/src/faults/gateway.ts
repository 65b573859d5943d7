import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import type { Outage } from "./faults.js";

/** A connection that is passed on. */
export interface Passed {
  /** Closes both sides at once. */
  cut(): void;
}

/** Where connections lead. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

/** Stands before a server, on 127.0.0.1, and passes connections on as long as it is not told otherwise. */
export class Gateway implements Outage {
  readonly #server: Server;
  readonly #pass: (client: Socket, server: Socket) => Passed;
  readonly #connections = new Set<Passed>();
  /** Where connections lead; undefined: it is not known yet, and they are refused. */
  target: Target | undefined;
  #isRefusing = false;
  #refused = 0;

  private constructor(pass: (client: Socket, server: Socket) => Passed) {
    this.#pass = pass;
    this.#server = createServer({ noDelay: true }, (client) => this.#accept(client));
  }

  /**
   * Listens on a free port.
   *
   * @param pass passes on what comes on a connection of a client to one of the server
   */
  static async open(pass: (client: Socket, server: Socket) => Passed, target?: Target): Promise<Gateway> {
    const gateway = new Gateway(pass);
    gateway.target = target;
    gateway.#server.listen(0, "127.0.0.1");
    await once(gateway.#server, "listening");
    return gateway;
  }

  /** The port that it listens on. */
  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** How many connections were refused. */
  get refused(): number {
    return this.#refused;
  }

  cutAll(): void {
    for (const connection of this.#connections) connection.cut();
  }

  refuse(on: boolean): void {
    this.#isRefusing = on;
  }

  /** Cuts all connections, and is as it was at first. */
  reset(): void {
    this.cutAll();
    this.#isRefusing = false;
    this.#refused = 0;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.cutAll();
    await closed;
  }

  #accept(client: Socket): void {
    if (this.#isRefusing || this.target === undefined) {
      this.#refused += 1;
      client.resetAndDestroy();
      return;
    }
    const connection = this.#pass(client, connect({ ...this.target, noDelay: true }));
    this.#connections.add(connection);
    client.once("close", () => this.#connections.delete(connection));
  }
}
