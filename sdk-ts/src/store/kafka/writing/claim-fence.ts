import { partitionName, type TopicPartition } from "../../stored-record.js";
import type { Connections } from "../client/connections.js";
import { findCursors } from "../cursors/find-cursors.js";
import { metadataOf } from "../cursors/mark-text.js";
import type { StoredCursor } from "../cursors/stored-cursor.js";
import type { Host } from "../host.js";
import type { Fence } from "./owned-cursor.js";
import type { Placed } from "./placed.js";
import { transact } from "./transaction.js";
import { TransactionalProducer } from "./transactional-producer.js";

/** The transactional id of all who ever have a claim on a partition for a group: that is the fence. */
export function transactionalIdOf(group: string, { topic, partition }: TopicPartition): string {
  return `eventy:${encodeURIComponent(group)}:${topic}:${partition}`;
}

/** The fence of a claim, in the requests of Kafka. */
export class ClaimFence implements Fence {
  readonly #host: Host;
  readonly #connections: Connections;
  readonly #claim: TopicPartition & { readonly group: string };
  readonly #producer: TransactionalProducer;
  readonly check: () => Promise<void>;

  /** @param check shows that the group has given the partition to nobody else */
  constructor(
    host: Host,
    connections: Connections,
    claim: TopicPartition & { readonly group: string },
    check: () => Promise<void>,
  ) {
    this.#host = host;
    this.#connections = connections;
    this.#claim = claim;
    this.check = check;
    const id = transactionalIdOf(claim.group, claim);
    this.#producer = new TransactionalProducer(connections, id, host.settings.transactionTimeoutMs);
  }

  initialise(): Promise<void> {
    return this.#producer.initialise();
  }

  async read(): Promise<StoredCursor | undefined> {
    const { group, topic, partition } = this.#claim;
    const found = await findCursors(
      this.#connections,
      this.#host.copies,
      group,
      [{ topic, partition }],
      // A coordinator that has just taken over may otherwise answer what was there before the last commit.
      true,
    );
    return found.get(partitionName(this.#claim));
  }

  async transact(records: readonly Placed[], cursor?: StoredCursor): Promise<void> {
    if (cursor !== undefined) {
      const { group, topic, partition } = this.#claim;
      const copy = await this.#host.copies.copy(group, { topic, partition }, cursor);
      const offset = {
        group,
        topic,
        partition,
        offset: cursor.acknowledged,
        metadata: metadataOf(cursor.mark),
      };
      await transact(this.#producer, [...records, copy], offset);
    } else if (records.length > 0) await transact(this.#producer, records);
    // Of nothing there is no transaction, and so no fence.
    else await this.check();
  }
}
