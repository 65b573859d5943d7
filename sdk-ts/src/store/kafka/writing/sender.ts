import type { Connections } from "../client/connections.js";
import type { Producer } from "../client/kafka-broker.js";
import { produce } from "../log/produce.js";
import type { Placed } from "./placed.js";

/** Sends the records of transactions to the brokers that keep them. */
export class Sender {
  readonly #connections: Connections;
  readonly #writer: { readonly transactionalId: string; readonly producer: Producer };
  readonly #sequences = new Map<string, number>();

  /** @param writer whose transactions they are; its producer may change from one to the next */
  constructor(
    connections: Connections,
    writer: { readonly transactionalId: string; readonly producer: Producer },
  ) {
    this.#connections = connections;
    this.#writer = writer;
  }

  /** The producer was initialised: brokers count from 0 again. */
  begin(): void {
    this.#sequences.clear();
  }

  /**
   * Appends records to partitions that are in the transaction, and waits for all answers.
   *
   * @returns the offset of each
   * @throws EventyError as `produce` does; what has been sent is in the transaction, or not
   */
  send(records: readonly Placed[]): Promise<readonly number[]> {
    const { transactionalId, producer } = this.#writer;
    return produce(this.#connections, records, { transactionalId, ...producer, sequences: this.#sequences });
  }
}
