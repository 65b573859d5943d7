import type { Way } from "../../servers/cluster.js";
import type { Fault, FaultPlan, Faults, RequestKind, WireRequest } from "../faults.js";
import { Gateway, type Target } from "../gateway.js";
import { Ledger } from "../ledger.js";
import { ProxiedConnection } from "./proxied-connection.js";

/** Stands between testees and the brokers of a cluster, each of which advertises an address of this proxy. */
export class KafkaProxy implements Faults {
  readonly #ledger: Ledger;
  readonly #gateways: readonly Gateway[];
  readonly #delaysMs: number[];

  private constructor(ledger: Ledger, gateways: readonly Gateway[], delaysMs: number[]) {
    this.#ledger = ledger;
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

  /** The ports on 127.0.0.1, one for each broker. */
  get ports(): readonly number[] {
    return this.#gateways.map(({ port }) => port);
  }

  /** Says where the brokers are. */
  lead(targets: readonly Target[]): void {
    for (const [i, gateway] of this.#gateways.entries()) gateway.target = targets[i];
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
    for (const gateway of this.#gateways) gateway.cutAll();
  }

  refuse(on: boolean): void {
    for (const gateway of this.#gateways) gateway.refuse(on);
  }

  get refused(): number {
    return this.#gateways.reduce((sum, { refused }) => sum + refused, 0);
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

  /** Cuts all connections, and is as it was at first: the next case begins. */
  reset(): void {
    for (const gateway of this.#gateways) gateway.reset();
    this.#delaysMs.fill(0);
    this.#ledger.clear();
  }

  async close(): Promise<void> {
    await Promise.all(this.#gateways.map((gateway) => gateway.close()));
  }
}
