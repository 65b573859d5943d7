import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** The simplest of proxies, on 127.0.0.1. */
export class Forwarder {
  /** `host:port` where it leads to. */
  target = "";
  /** How many clients came. */
  clients = 0;
  readonly #server: Server = createServer((client) => this.#accept(client));

  static async start(): Promise<Forwarder> {
    const forwarder = new Forwarder();
    forwarder.#server.listen(0, "127.0.0.1");
    await once(forwarder.#server, "listening");
    return forwarder;
  }

  get address(): { readonly host: string; readonly port: number } {
    return { host: "127.0.0.1", port: (this.#server.address() as AddressInfo).port };
  }

  close(): void {
    this.#server.close();
  }

  #accept(client: Socket): void {
    this.clients += 1;
    const [host = "", port] = this.target.split(":");
    const server = connect(Number(port), host);
    client.pipe(server).on("error", () => client.destroy());
    server.pipe(client).on("error", () => server.destroy());
  }
}
