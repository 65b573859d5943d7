import type { Backdoor } from "../../cases/backdoor.js";
import type { KafkaCluster } from "../../kafka/cluster.js";
import { describeGroup } from "../../kafka/groups.js";
import { deleteRecords } from "../../kafka/partitions.js";
import { hasOpen, readBatches } from "../../kafka/read-partition.js";
import { alterTopic } from "../../kafka/topics.js";
import { initProducerId } from "../../kafka/transactions.js";
import { removeMembers } from "../../kafka/wipe.js";

/** Room for the end of a transaction, which is refused as well otherwise and then never ends, and not for a record. */
const NOTHING_FITS = { "max.message.bytes": "100" };
const ANYTHING_FITS = { "max.message.bytes": null };

/** What a case does to a cluster, by the requests that tools make. */
export class KafkaBackdoor implements Backdoor {
  readonly #cluster: KafkaCluster;

  constructor(cluster: KafkaCluster) {
    this.#cluster = cluster;
  }

  expireMembers(group: string): Promise<void> {
    return removeMembers(this.#cluster, group);
  }

  async erase(topic: string, partition: number, below: number): Promise<void> {
    const place = { topic, partition };
    await this.#cluster.leader(place, deleteRecords(place, below));
  }

  async refuse(topic: string, on: boolean): Promise<void> {
    await this.#cluster.controller(alterTopic(topic, on ? NOTHING_FITS : ANYTHING_FITS));
  }

  async isOpen(topic: string, partition: number): Promise<boolean> {
    return hasOpen(await readBatches(this.#cluster, { topic, partition }));
  }

  async fence(group: string, topic: string, partition: number): Promise<void> {
    const id = `eventy:${group}:${topic}:${partition}`;
    await this.#cluster.coordinator("transaction", id, initProducerId(id));
  }

  async owners(group: string, topic: string): Promise<readonly (string | undefined)[]> {
    const { topics } = await this.#cluster.describe();
    const count = topics.find((one) => one.topic === topic)?.leaders.length ?? 0;
    const { members } = await this.#cluster.coordinator("group", group, describeGroup(group));
    return Array.from({ length: count }, (_, partition) => {
      const owner = members.find(({ assigned }) =>
        assigned.some((one) => one.topic === topic && one.partition === partition),
      );
      return owner?.id;
    });
  }
}
