import { EventyError } from "../../../record/index.js";
import { type Address, addressText } from "./address.js";
import type { KafkaBroker } from "./kafka-broker.js";
import { closeBroker } from "./open-broker.js";

/** Opens connections to a broker, ready for requests. @throws EventyError STORE_UNAVAILABLE, STORE_FAILED */
export type OpenBroker = (address: Address) => Promise<KafkaBroker>;

interface Link {
  readonly opening: Promise<KafkaBroker>;
  /** Undefined while they are being opened. */
  broker: KafkaBroker | undefined;
}

/** The connections of one user, which are opened when they are needed. */
export class Links {
  readonly #open: OpenBroker;
  readonly #links = new Map<string, Link>();
  #closed = false;

  constructor(open: OpenBroker) {
    this.#open = open;
  }

  /** @throws EventyError STORE_UNAVAILABLE, STORE_FAILED */
  async get(address: Address): Promise<KafkaBroker> {
    const name = addressText(address);
    const link = this.#links.get(name);
    // The first of its connections is for all that is not a fetch.
    if (link?.broker?.connectionPool.pool[0]?.isConnected() === false) {
      this.#links.delete(name);
      closeBroker(link.broker, "The other connection to the broker is lost.");
    } else if (link !== undefined) return link.opening;
    return this.#add(name, address);
  }

  /** Ends connections that are broken, or not to be trusted. */
  drop(address: Address, broker: KafkaBroker): void {
    const name = addressText(address);
    if (this.#links.get(name)?.broker === broker) this.#links.delete(name);
    closeBroker(broker, "The connection was given up.");
  }

  close(): void {
    this.#closed = true;
    for (const { broker } of this.#links.values()) {
      if (broker !== undefined) closeBroker(broker, "The store or the claim is closed.");
    }
    this.#links.clear();
  }

  async #add(name: string, address: Address): Promise<KafkaBroker> {
    if (this.#closed) throw closed();
    const link: Link = { opening: this.#open(address), broker: undefined };
    this.#links.set(name, link);
    try {
      link.broker = await link.opening;
    } catch (error) {
      if (this.#links.get(name) === link) this.#links.delete(name);
      throw error;
    }
    if (!this.#closed) return link.broker;
    closeBroker(link.broker, "The store or the claim is closed.");
    throw closed();
  }
}

function closed(): EventyError {
  return new EventyError("STORE_FAILED", "The store or the claim is closed.");
}
