import type { Connections } from "../client/connections.js";
import type { JoinedGroup } from "../client/kafka-broker.js";
import type { Settings } from "../settings.js";
import { encodeSubscription, type Subscription } from "./subscription.js";

const PROTOCOL_TYPE = "consumer";
/** It lets members keep what they have while partitions change hands. */
const PROTOCOL = "cooperative-sticky";

/** A session outlives two silent connections: to the coordinator, and to the broker that knows which one it is. */
const TRIES = 3;
/** Of timers, in milliseconds. */
const LONGEST_MS = 0x7fff_ffff;

/** A member, as the coordinator of its group knows it since its members were counted last. */
export interface Generation {
  readonly memberId: string;
  readonly generationId: number;
}

/** What the leader says to one of the members. */
export interface MemberAssignment {
  readonly memberId: string;
  readonly memberAssignment: Buffer;
}

/** What a member asks the coordinator of its group. */
export class Coordination {
  readonly #connections: Connections;
  readonly #settings: Settings;
  readonly #groupId: string;

  constructor(connections: Connections, settings: Settings, groupId: string) {
    this.#connections = connections;
    this.#settings = settings;
    this.#groupId = groupId;
  }

  /** Waits until all members have joined. @param memberId empty: a new one */
  join(memberId: string, subscription: Subscription): Promise<JoinedGroup> {
    const { sessionTimeoutMs, rebalanceTimeoutMs, requestTimeoutMs } = this.#settings;
    return this.#connections.toCoordinator(
      "group",
      this.#groupId,
      (broker) =>
        broker.joinGroup({
          groupId: this.#groupId,
          sessionTimeout: sessionTimeoutMs,
          rebalanceTimeout: rebalanceTimeoutMs,
          memberId,
          protocolType: PROTOCOL_TYPE,
          groupProtocols: [{ name: PROTOCOL, metadata: encodeSubscription(subscription) }],
        }),
      // The coordinator answers when all have joined, or did not in that time.
      Math.min(rebalanceTimeoutMs + requestTimeoutMs, LONGEST_MS),
    );
  }

  /** Waits until the leader has said who gets what. */
  async sync(
    { memberId, generationId }: Generation,
    groupAssignment: readonly MemberAssignment[],
  ): Promise<Buffer> {
    const { memberAssignment } = await this.#connections.toCoordinator("group", this.#groupId, (broker) =>
      broker.syncGroup({ groupId: this.#groupId, generationId, memberId, groupAssignment }),
    );
    return memberAssignment;
  }

  async heartbeat({ memberId, generationId }: Generation): Promise<void> {
    const { sessionTimeoutMs, requestTimeoutMs } = this.#settings;
    await this.#connections.toCoordinator(
      "group",
      this.#groupId,
      (broker) => broker.heartbeat({ groupId: this.#groupId, groupGenerationId: generationId, memberId }),
      // A connection may be dead without a sign: then it is sent on a new one while the session lasts.
      Math.min(requestTimeoutMs, Math.ceil(sessionTimeoutMs / TRIES)),
    );
  }

  async leave(memberId: string): Promise<void> {
    await this.#connections.toCoordinator("group", this.#groupId, (broker) =>
      broker.leaveGroup({ groupId: this.#groupId, memberId }),
    );
  }
}
