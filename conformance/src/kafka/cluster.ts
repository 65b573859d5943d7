import { setTimeout as sleep } from "node:timers/promises";
import { Connection } from "./connection.js";
import { type CoordinatorKind, findCoordinator, type Metadata, metadata } from "./metadata.js";
import type { TopicPartition } from "./partitions.js";
import { BrokerError, ConnectionLost, type Request } from "./request.js";

/** How long a cluster may take until it can answer again, after it was started or a broker of it was killed. */
const LIMIT_MS = 60_000;
const PAUSE_MS = 10;
const NO_LEADER = 5;

/** A cluster as the suite asks it: past all proxies, and again until it is in order. */
export class KafkaCluster {
  readonly #bootstrap: readonly string[];
  readonly #connections = new Map<string, Promise<Connection>>();
  readonly #coordinators = new Map<string, number>();
  #metadata: Promise<Metadata> | undefined;

  /** @param bootstrap addresses of brokers, `host:port` */
  constructor(bootstrap: readonly string[]) {
    this.#bootstrap = bootstrap;
  }

  /** What there is now. */
  describe(): Promise<Metadata> {
    return this.#repeat(() => {
      this.forget();
      return this.#known();
    });
  }

  /** Asks any broker. */
  any<T>(request: Request<T>): Promise<T> {
    return this.#repeat(() => this.#first(request));
  }

  /** Asks all brokers that are alive. */
  every<T>(request: (broker: number) => Request<T>): Promise<readonly T[]> {
    return this.#repeat(async () => {
      const { brokers } = await this.#known();
      return Promise.all(brokers.map(({ id }) => this.#of(id, request(id))));
    });
  }

  /** Asks the broker that may change topics. */
  controller<T>(request: Request<T>): Promise<T> {
    return this.#repeat(async () => this.#of((await this.#known()).controller, request));
  }

  /** The id of the broker that leads a partition; undefined: there is no such partition. */
  leaderOf({ topic, partition }: TopicPartition): Promise<number | undefined> {
    return this.#repeat(async () => {
      const leader = await this.#leader(topic, partition);
      if (leader !== undefined && leader < 0) throw new BrokerError("Metadata", NO_LEADER);
      return leader;
    });
  }

  /** Asks the broker that leads a partition; undefined: there is no such partition. */
  leader<T>(partition: TopicPartition, request: Request<T>): Promise<T | undefined> {
    return this.#repeat(async () => {
      const leader = await this.leaderOf(partition);
      return leader === undefined ? undefined : this.#of(leader, request);
    });
  }

  /** Asks the brokers that lead partitions, each for those that it leads. Those that are not there are left out. */
  leaders<T>(
    partitions: readonly TopicPartition[],
    request: (led: readonly TopicPartition[]) => Request<T>,
  ): Promise<readonly T[]> {
    return this.#repeat(async () => {
      const led = new Map<number, TopicPartition[]>();
      for (const partition of partitions) {
        const leader = await this.leaderOf(partition);
        if (leader !== undefined) led.set(leader, [...(led.get(leader) ?? []), partition]);
      }
      return Promise.all([...led].map(([broker, some]) => this.#of(broker, request(some))));
    });
  }

  /** The id of the broker that coordinates a group or a transactional id. */
  coordinatorOf(kind: CoordinatorKind, id: string): Promise<number> {
    return this.#repeat(async () => {
      const name = `${kind} ${id}`;
      const coordinator = this.#coordinators.get(name) ?? (await this.#first(findCoordinator(kind, id)));
      this.#coordinators.set(name, coordinator);
      return coordinator;
    });
  }

  /** Asks the broker that coordinates a group or a transactional id. */
  coordinator<T>(kind: CoordinatorKind, id: string, request: Request<T>): Promise<T> {
    return this.#repeat(async () => this.#of(await this.coordinatorOf(kind, id), request));
  }

  /** Forgets who leads and coordinates what. */
  forget(): void {
    this.#metadata = undefined;
    this.#coordinators.clear();
  }

  async close(): Promise<void> {
    for (const connecting of this.#connections.values()) (await connecting.catch(() => undefined))?.close();
  }

  #known(): Promise<Metadata> {
    this.#metadata ??= this.#first(metadata);
    return this.#metadata;
  }

  async #leader(topic: string, partition: number): Promise<number | undefined> {
    const find = async (): Promise<number | undefined> =>
      (await this.#known()).topics.find((one) => one.topic === topic)?.leaders[partition];
    const leader = await find();
    if (leader !== undefined) return leader;
    // It may have been made since.
    this.forget();
    return find();
  }

  /** Asks one broker after the other until one answers. */
  async #first<T>(request: Request<T>): Promise<T> {
    let lost: unknown = new Error("the address of no broker is known");
    for (const address of this.#bootstrap) {
      try {
        return await this.#at(address, request);
      } catch (error) {
        if (!(error instanceof ConnectionLost)) throw error;
        lost = error;
      }
    }
    throw lost;
  }

  async #of<T>(id: number, request: Request<T>): Promise<T> {
    const broker = (await this.#known()).brokers.find((one) => one.id === id);
    if (broker === undefined) throw new BrokerError("Metadata", NO_LEADER);
    return this.#at(`${broker.host}:${broker.port}`, request);
  }

  async #at<T>(address: string, request: Request<T>): Promise<T> {
    return (await this.#connection(address)).ask(request);
  }

  async #connection(address: string): Promise<Connection> {
    const known = this.#connections.get(address);
    const connection = await known?.catch(() => undefined);
    if (connection?.isOpen) return connection;
    const other = this.#connections.get(address);
    if (other !== undefined && other !== known) return other;
    const [, host = "", port = ""] = /^(.*):(\d+)$/.exec(address) ?? [];
    const connecting = Connection.open(host, Number(port));
    this.#connections.set(address, connecting);
    return connecting;
  }

  /** Tries again what may be otherwise a moment later. */
  async #repeat<T>(attempt: () => Promise<T>): Promise<T> {
    const end = performance.now() + LIMIT_MS;
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        const isPassing =
          error instanceof ConnectionLost || (error instanceof BrokerError && error.isPassing);
        if (!isPassing || performance.now() > end) throw error;
      }
      this.forget();
      await sleep(PAUSE_MS);
    }
  }
}
