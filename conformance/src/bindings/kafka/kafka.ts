import type { Need } from "../../cases/binding.js";
import { Binding as BindingKind } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import { KafkaCluster } from "../../kafka/cluster.js";
import { takeInventory, wipe } from "../../kafka/wipe.js";
import { KafkaOracle } from "../../oracle/store/kafka.js";
import { KAFKA_VARIABLE } from "../../servers/kafka/problem.js";
import type { BindingHost, Lack, Place } from "../host.js";
import { KafkaBackdoor } from "./backdoor.js";
import { Rig } from "./rig.js";
import { clusterOf } from "./rig-cluster.js";
import { Turns } from "./turns.js";

const CLUSTER_SIZE = 3;

/**
 * Stores on Kafka.
 *
 * A case has its brokers for itself, as the names of its topics and groups are those of others: new ones, or some that
 * a case before has left and that were wiped. A cluster that is not the suite's is used by one case at a time.
 */
export class KafkaHost implements BindingHost {
  readonly name = "kafka";
  readonly isSelfObserved = false;
  readonly #external: string | undefined = process.env[KAFKA_VARIABLE] || undefined;
  readonly #turns = new Turns();
  /** Brokers that are free, and empty. */
  readonly #free: Rig[] = [];

  lacks(need: Need): Lack | undefined {
    if (this.#external === undefined || need === "processes") return undefined;
    const what =
      need === "proxy"
        ? "brokers tell testees their own addresses"
        : "a case that kills brokers needs its own";
    return { reason: `${what}: not with ${KAFKA_VARIABLE}`, isHere: true };
  }

  async open(needs: readonly Need[]): Promise<Place> {
    if (this.#external !== undefined) return this.#openExternal(this.#external);
    const size = needs.includes("cluster") ? CLUSTER_SIZE : 1;
    const known = this.#free.find((rig) => rig.size === size);
    if (known !== undefined) this.#free.splice(this.#free.indexOf(known), 1);
    const rig = known ?? (await Rig.start(size));
    return { ...placeOf(rig, needs), close: () => this.#giveBack(rig) };
  }

  async close(): Promise<void> {
    await Promise.all(this.#free.splice(0).map((rig) => rig.stop()));
  }

  async #giveBack(rig: Rig): Promise<void> {
    try {
      await rig.reset();
      this.#free.push(rig);
    } catch {
      // One that cannot be made empty is of no use to the next case.
      await rig.stop();
    }
  }

  async #openExternal(brokers: string): Promise<Place> {
    const done = await this.#turns.next();
    const cluster = new KafkaCluster(brokers.split(","));
    const kept = await takeInventory(cluster);
    const open = { binding: BindingKind.KAFKA, location: brokers };
    return {
      ...seen(cluster, brokers),
      binding: { name: "kafka", open, openDirect: open },
      async close() {
        await wipe(cluster, kept).finally(done);
        await cluster.close();
      },
    };
  }
}

function placeOf(rig: Rig, needs: readonly Need[]): Omit<Place, "close"> {
  const openDirect = { binding: BindingKind.KAFKA, location: rig.direct };
  const isProxied = needs.includes("proxy");
  return {
    ...seen(rig.cluster, rig.direct),
    binding: {
      name: "kafka",
      open: { ...openDirect, location: isProxied ? rig.proxied : rig.direct },
      openDirect,
    },
    ...(isProxied && { faults: rig.proxy }),
    ...(needs.includes("server") && { server: rig.server }),
    ...(needs.includes("cluster") && { cluster: clusterOf(rig) }),
  };
}

function seen(cluster: KafkaCluster, brokers: string): Pick<Place, "oracle" | "backdoor" | "kafka"> {
  return {
    oracle: (_, { whileStill }) => new KafkaOracle(cluster, whileStill),
    backdoor: () => new KafkaBackdoor(cluster),
    kafka: { brokers: brokers.split(","), cluster },
  };
}
