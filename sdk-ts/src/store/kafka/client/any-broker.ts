import { EventyError } from "../../../record/index.js";
import { within } from "../../waiting/deadline.js";
import { endsConnection, LateAnswer, requestError } from "../errors.js";
import { type Address, addressText } from "./address.js";
import type { KafkaBroker } from "./kafka-broker.js";
import type { Links } from "./links.js";

/** Asks whichever broker answers. */
export class AnyBroker {
  readonly #links: Links;
  readonly #addresses: () => readonly Address[];
  /** Which answered last. */
  #last = "";

  /** @param addresses of the brokers, in the order in which they are asked */
  constructor(links: Links, addresses: () => readonly Address[]) {
    this.#links = links;
    this.#addresses = addresses;
  }

  /**
   * Asks one after the other until one answers. Whoever breaks off may have been asked too.
   *
   * @param timeoutMs how long each may take to answer
   * @throws EventyError STORE_UNAVAILABLE if none can be reached; what the answer says
   */
  async ask<T>(request: (broker: KafkaBroker) => Promise<T>, timeoutMs: number): Promise<T> {
    const all = new Map(this.#addresses().map((address) => [addressText(address), address]));
    const last = all.get(this.#last);
    const errors: EventyError[] = [];
    for (const address of last === undefined ? all.values() : new Set([last, ...all.values()])) {
      try {
        const answer = await askOne(this.#links, address, request, timeoutMs);
        this.#last = addressText(address);
        return answer;
      } catch (error) {
        if (!isSilent(error)) throw error;
        errors.push(error);
      }
    }
    const [first] = errors;
    const cause = errors.length === 1 ? first?.cause : new AggregateError(errors);
    throw new EventyError("STORE_UNAVAILABLE", errors.map(({ message }) => message).join(" "), { cause });
  }
}

/**
 * Asks one broker.
 *
 * @param timeoutMs how long it may take to answer; kafkajs would go by the clock of the machine, which may be set
 * @throws EventyError of the connection, or what the answer says
 */
export async function askOne<T>(
  links: Links,
  address: Address,
  request: (broker: KafkaBroker) => Promise<T>,
  timeoutMs: number,
): Promise<T> {
  const broker = await links.get(address);
  try {
    return await within(request(broker), timeoutMs, () => new LateAnswer(timeoutMs));
  } catch (error) {
    if (endsConnection(error)) links.drop(address, broker);
    throw requestError(error, `Kafka at ${addressText(address)}`);
  }
}

/** Whether a broker did not answer. */
function isSilent(error: unknown): error is EventyError {
  if (!(error instanceof EventyError) || !endsConnection(error)) return false;
  return error.code === "STORE_UNAVAILABLE" || error.code === "OUTCOME_UNKNOWN";
}
