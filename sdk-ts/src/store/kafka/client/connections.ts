import { EventyError } from "../../../record/index.js";
import { partitionName, type TopicPartition } from "../../stored-record.js";
import { endsConnection, kafkaType } from "../errors.js";
import type { Address } from "./address.js";
import { askOne } from "./any-broker.js";
import type { Cluster, CoordinatorKind } from "./cluster.js";
import type { KafkaBroker } from "./kafka-broker.js";
import { Links } from "./links.js";

type Request<T> = (broker: KafkaBroker) => Promise<T>;

/**
 * The connections of one user, such as a claim, so that nobody waits behind the requests of others.
 *
 * Nothing is sent twice. All throw EventyErrors, whose cause is what `errors.ts` makes them of: STORE_UNAVAILABLE if
 * nothing was sent, or the broker refuses at present; OUTCOME_UNKNOWN if the answer did not come in time, or the
 * connection broke before it did; what an answer says. Then it is forgotten which broker it was, where that may be wrong.
 */
export class Connections {
  readonly cluster: Cluster;
  readonly #links: Links;

  constructor(cluster: Cluster) {
    this.cluster = cluster;
    this.#links = new Links(cluster.open);
  }

  /** @throws EventyError UNKNOWN_TOPIC; INVALID_ARGUMENT if there is no such partition; as said above */
  async toLeader<T>(partition: TopicPartition, request: Request<T>): Promise<T> {
    const leader = await this.cluster.leaderOf(partition);
    try {
      return await this.to(leader, request);
    } catch (error) {
      throw await this.leaderError(partition, error);
    }
  }

  /**
   * @param timeoutMs how long a broker may take to answer, and to say who the coordinator is
   * @throws EventyError as said above
   */
  async toCoordinator<T>(
    kind: CoordinatorKind,
    id: string,
    request: Request<T>,
    timeoutMs: number = this.cluster.settings.requestTimeoutMs,
  ): Promise<T> {
    const coordinator = await this.cluster.coordinatorOf(kind, id, timeoutMs);
    try {
      return await this.to(coordinator, request, timeoutMs);
    } catch (error) {
      if (endsConnection(error) || COORDINATOR_MOVED.has(kafkaType(error) ?? "")) {
        this.cluster.forgetCoordinator(kind, id);
      }
      throw error;
    }
  }

  /** @throws EventyError as said above */
  async toController<T>(request: Request<T>): Promise<T> {
    const controller = await this.cluster.controller();
    try {
      return await this.to(controller, request);
    } catch (error) {
      if (endsConnection(error) || kafkaType(error) === "NOT_CONTROLLER") this.cluster.forgetController();
      throw error;
    }
  }

  /** A certain broker. @throws EventyError as said above */
  to<T>(
    address: Address,
    request: Request<T>,
    timeoutMs: number = this.cluster.settings.requestTimeoutMs,
  ): Promise<T> {
    return askOne(this.#links, address, request, timeoutMs);
  }

  /** The error of a request to the leader of a partition: whether it is another one now is asked before the next. */
  async leaderError(partition: TopicPartition, error: unknown): Promise<unknown> {
    if (!(error instanceof EventyError) || error.code === "POSITION_LOST" || error.code === "FENCED")
      return error;
    this.cluster.forgetLeaders(partition.topic);
    if (error.code !== "UNKNOWN_TOPIC") return error;
    // The broker was said to lead it, and is not yet told, or not any more; or the topic is not there any more.
    const gone = await this.cluster.topic(partition.topic).catch((reason: unknown) => reason);
    if (gone instanceof EventyError) return gone;
    return new EventyError("STORE_UNAVAILABLE", `${partitionName(partition)} has no leader at present.`, {
      cause: error.cause,
    });
  }

  /** Ends all connections at once. Requests that are under way fail. */
  async close(): Promise<void> {
    this.#links.close();
  }
}

const COORDINATOR_MOVED = new Set(["NOT_COORDINATOR_FOR_GROUP", "GROUP_COORDINATOR_NOT_AVAILABLE"]);
