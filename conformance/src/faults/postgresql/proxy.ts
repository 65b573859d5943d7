import type { Fault, FaultPlan, Faults, RequestKind, WireRequest } from "../faults.js";
import { Gateway } from "../gateway.js";
import { Ledger } from "../ledger.js";
import { ProxiedConnection } from "./proxied-connection.js";

/** Stands between testees and a PostgreSQL server, on 127.0.0.1, and has connections fail as it is told. */
export class PostgresqlProxy implements Faults {
  readonly #target: URL;
  readonly #ledger: Ledger;
  readonly #gateway: Gateway;

  private constructor(target: URL, ledger: Ledger, gateway: Gateway) {
    this.#target = target;
    this.#ledger = ledger;
    this.#gateway = gateway;
  }

  /** Starts a proxy before the server that a URL names. */
  static async start(url: string): Promise<PostgresqlProxy> {
    const target = new URL(url);
    const ledger = new Ledger();
    const gateway = await Gateway.open(
      (client, server) => new ProxiedConnection(client, server, (request) => ledger.asked(request)),
      { host: target.hostname, port: Number(target.port || 5432) },
    );
    return new PostgresqlProxy(target, ledger, gateway);
  }

  /** The URL that leads through the proxy. */
  get url(): string {
    const url = new URL(this.#target);
    url.hostname = "127.0.0.1";
    url.port = String(this.#gateway.port);
    return url.href;
  }

  get requests(): readonly WireRequest[] {
    return this.#ledger.requests;
  }

  count(kind: RequestKind): number {
    return this.#ledger.count(kind);
  }

  arm(plan: FaultPlan): Fault {
    return this.#ledger.arm(plan);
  }

  cutAll(): void {
    this.#gateway.cutAll();
  }

  refuse(on: boolean): void {
    this.#gateway.refuse(on);
  }

  get refused(): number {
    return this.#gateway.refused;
  }

  async close(): Promise<void> {
    await this.#gateway.close();
  }
}
