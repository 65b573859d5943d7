import { Gateway } from "../gateway.js";
import { Ledger } from "../ledger.js";
import { StoreProxy } from "../proxy.js";
import { ProxiedConnection } from "./proxied-connection.js";

/** Stands between testees and a PostgreSQL server. */
export class PostgresqlProxy extends StoreProxy {
  /** The URL that leads through the proxy. */
  readonly url: string;

  private constructor(target: URL, ledger: Ledger, gateway: Gateway) {
    super(ledger, [gateway]);
    const url = new URL(target);
    url.hostname = "127.0.0.1";
    url.port = String(gateway.port);
    this.url = url.href;
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
}
