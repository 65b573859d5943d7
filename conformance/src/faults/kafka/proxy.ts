import type { Way } from "../../servers/cluster.js";
import { Gateway, type Target } from "../gateway.js";
import { Ledger } from "../ledger.js";
import { StoreProxy } from "../proxy.js";
import { ProxiedConnection } from "./proxied-connection.js";

/** Stands between testees and the brokers of a cluster, each of which advertises an address of this proxy. */
export class KafkaProxy extends StoreProxy {
  readonly #gateways: readonly Gateway[];
  readonly #delaysMs: number[];

  private constructor(ledger: Ledger, gateways: readonly Gateway[], delaysMs: number[]) {
    super(ledger, gateways);
    this.#gateways = gateways;
    this.#delaysMs = delaysMs;
  }

  /** Opens a port for each of so many brokers, which lead nowhere before `lead`. */
  static async open(brokers: number): Promise<KafkaProxy> {
    const ledger = new Ledger();
    const delaysMs = Array.from({ length: brokers }, () => 0);
    const gateways = await Promise.all(
      delaysMs.map((_, broker) =>
        Gateway.open(
          (client, server) =>
            new ProxiedConnection(client, server, {
              asked: (request) => ledger.asked({ ...request, broker }),
              delayMs: () => delaysMs[broker] ?? 0,
            }),
        ),
      ),
    );
    return new KafkaProxy(ledger, gateways, delaysMs);
  }

  /** Says where the brokers are. */
  lead(targets: readonly Target[]): void {
    for (const [i, gateway] of this.#gateways.entries()) gateway.target = targets[i];
  }

  /** The way to one of the brokers, counted from 0. */
  way(broker: number): Way {
    const gateway = this.#gateways[broker];
    return {
      cutAll: () => gateway?.cutAll(),
      refuse: (on) => gateway?.refuse(on),
      slow: (delayMs) => {
        this.#delaysMs[broker] = delayMs;
      },
    };
  }

  override reset(): void {
    this.#delaysMs.fill(0);
    super.reset();
  }
}
