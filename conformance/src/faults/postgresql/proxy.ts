import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { ArmedFault } from "../armed-fault.js";
import type { Fault, FaultPlan, Faults, RequestKind } from "../faults.js";
import { ProxiedConnection } from "./proxied-connection.js";

/** Stands between testees and a PostgreSQL server, on 127.0.0.1, and has connections fail as it is told. */
export class PostgresqlProxy implements Faults {
  readonly #target: URL;
  readonly #server: Server;
  readonly #connections = new Set<ProxiedConnection>();
  readonly #counts = new Map<RequestKind, number>();
  #faults: readonly ArmedFault[] = [];
  #isRefusing = false;
  #refused = 0;

  private constructor(target: URL) {
    this.#target = target;
    this.#server = createServer({ noDelay: true }, (client) => this.#accept(client));
  }

  /** Starts a proxy before the server that a URL names. */
  static async start(url: string): Promise<PostgresqlProxy> {
    const proxy = new PostgresqlProxy(new URL(url));
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  /** The URL that leads through the proxy. */
  get url(): string {
    const url = new URL(this.#target);
    url.hostname = "127.0.0.1";
    url.port = String((this.#server.address() as AddressInfo).port);
    return url.href;
  }

  count(kind: RequestKind): number {
    return this.#counts.get(kind) ?? 0;
  }

  arm(plan: FaultPlan): Fault {
    const fault = new ArmedFault(plan);
    this.#faults = [...this.#faults, fault];
    return fault;
  }

  cutAll(): void {
    for (const connection of this.#connections) connection.cut();
  }

  get refused(): number {
    return this.#refused;
  }

  refuse(on: boolean): void {
    this.#isRefusing = on;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.cutAll();
    await closed;
  }

  #accept(client: Socket): void {
    if (this.#isRefusing) {
      this.#refused += 1;
      client.resetAndDestroy();
      return;
    }
    const port = Number(this.#target.port || 5432);
    const server = connect({ host: this.#target.hostname, port, noDelay: true });
    const connection = new ProxiedConnection(client, server, (kind) => this.#asked(kind));
    this.#connections.add(connection);
    client.once("close", () => this.#connections.delete(connection));
  }

  /** Counts a request, for itself and for every fault, and returns the first one that strikes it. */
  #asked(kind: RequestKind): ArmedFault | undefined {
    this.#counts.set(kind, this.count(kind) + 1);
    const struck = this.#faults.filter((fault) => fault.meets(kind));
    return struck[0];
  }
}
