import type { Fault, FaultPlan, Faults, RequestKind, WireRequest } from "./faults.js";
import type { Gateway } from "./gateway.js";
import type { Ledger } from "./ledger.js";

/** Stands between testees and servers, on 127.0.0.1, and has connections fail as it is told. */
export abstract class StoreProxy implements Faults {
  readonly #ledger: Ledger;
  readonly #gateways: readonly Gateway[];

  /**
   * @param ledger what the connections through it are noted in
   * @param gateways the way to each server
   */
  constructor(ledger: Ledger, gateways: readonly Gateway[]) {
    this.#ledger = ledger;
    this.#gateways = gateways;
  }

  /** The ports on 127.0.0.1, one for each server. */
  get ports(): readonly number[] {
    return this.#gateways.map(({ port }) => port);
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

  /** Cuts all connections, and is as it was at first: the next case begins. */
  reset(): void {
    for (const gateway of this.#gateways) gateway.reset();
    this.#ledger.clear();
  }

  async close(): Promise<void> {
    await Promise.all(this.#gateways.map((gateway) => gateway.close()));
  }
}
