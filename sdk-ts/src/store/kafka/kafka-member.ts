import { EventyError } from "../../record/index.js";
import type { Claim } from "../claim.js";
import { ClaimQueue } from "../claim-queue.js";
import type { MemberOptions } from "../member.js";
import type { OwnMember } from "../open-members.js";
import type { TopicPartition } from "../stored-record.js";
import { Backoff } from "../waiting/backoff.js";
import { sleep } from "../waiting/sleep.js";
import { Connections } from "./client/connections.js";
import { checkMembership } from "./group/check.js";
import { Coordination } from "./group/coordination.js";
import { isAtEnd } from "./group/is-at-end.js";
import { Membership, type Participant } from "./group/membership.js";
import type { Host } from "./host.js";
import type { KafkaClaim } from "./kafka-claim.js";
import { patiently } from "./patience.js";
import { takeOver } from "./take-over.js";

/** A partition that is this member's, from before there is a claim on it until that is closed. */
interface Holding extends TopicPartition {
  claim: KafkaClaim | undefined;
  /** Aborted when it is not to be taken over any more. */
  readonly given: AbortController;
}

/** A member of a group of a store in Kafka. */
export class KafkaMember implements OwnMember, Participant {
  readonly group: string;
  readonly #host: Host;
  readonly #options: MemberOptions;
  readonly #connections: Connections;
  /** Nothing on them waits for other members. */
  readonly #others: Connections;
  readonly #membership: Membership;
  readonly #checks: Coordination;
  readonly #queue = new ClaimQueue();
  readonly #holdings = new Map<string, Holding>();
  /** Where nothing is taken over any more, because the next record is gone. */
  readonly #failed = new Set<string>();
  readonly #hasLeft: () => void;
  #topics: readonly string[];
  #empty = (): void => undefined;
  #left: Promise<void> | undefined;

  /** @param hasLeft called when it has left */
  constructor(host: Host, options: MemberOptions, hasLeft: () => void) {
    this.#host = host;
    this.#options = options;
    this.#hasLeft = hasLeft;
    this.group = options.group;
    this.#topics = [...new Set(options.topics)];
    this.#connections = new Connections(host.cluster);
    this.#others = new Connections(host.cluster);
    this.#checks = new Coordination(this.#others, host.settings, this.group);
    this.#membership = new Membership(
      new Coordination(this.#connections, host.settings, this.group),
      (topics) => host.cluster.partitionsOf(topics),
      this,
      host.settings.sessionTimeoutMs,
    );
  }

  /** Joins the group, or goes on to try where it cannot be reached. */
  join(): Promise<void> {
    return this.#membership.start();
  }

  async *claims(): AsyncIterableIterator<Claim> {
    yield* this.#queue;
  }

  async atEnd(): Promise<boolean> {
    try {
      return await isAtEnd(this.#host, this.#others, this.group, this.#options.topics);
    } catch (error) {
      // Whoever leaves closes the connections on which it asks, and its error is not what ended the group.
      if (this.#left !== undefined) return false;
      throw error;
    }
  }

  leave(): Promise<void> {
    this.#left ??= this.#end();
    return this.#left;
  }

  async close(): Promise<void> {
    const left = this.leave();
    await Promise.all([...this.#holdings.values()].map(({ claim }) => claim?.release()));
    await left;
  }

  get topics(): readonly string[] {
    return this.#topics;
  }

  get held(): readonly TopicPartition[] {
    return [...this.#holdings.values()];
  }

  assigned(): void {
    const { assigned } = this.#membership;
    for (const [name, holding] of this.#holdings) if (!assigned.has(name)) giveUp(holding);
    for (const [name, partition] of assigned) {
      const isNew = !this.#holdings.has(name) && !this.#failed.has(name);
      if (isNew && this.#left === undefined) void this.#take(name, partition);
    }
  }

  lost(): void {
    for (const { claim, given } of this.#holdings.values()) {
      given.abort();
      claim?.lose();
    }
  }

  failed(error: unknown): void {
    this.#queue.fail(error);
  }

  async #take(name: string, { topic, partition }: TopicPartition): Promise<void> {
    const holding: Holding = { topic, partition, claim: undefined, given: new AbortController() };
    this.#holdings.set(name, holding);
    try {
      holding.claim = await this.#takeOver(holding);
      if (holding.claim !== undefined) {
        this.#queue.push(holding.claim);
        await holding.claim.closed;
      }
    } catch (error) {
      this.#failed.add(name);
      this.#queue.fail(error);
    } finally {
      this.#holdings.delete(name);
      if (this.#holdings.size === 0) this.#empty();
      // Whoever leaves with empty hands says so by leaving.
      if (this.#left === undefined || this.#holdings.size > 0) this.#membership.wake();
      this.assigned();
    }
  }

  /** Undefined if it is given up before there is a claim. */
  async #takeOver(holding: Holding): Promise<KafkaClaim | undefined> {
    const backoff = new Backoff();
    const { signal } = holding.given;
    while (!signal.aborted) {
      const check = () =>
        checkMembership(
          this.#membership,
          this.#checks,
          { group: this.group, ...partitionOf(holding) },
          signal,
        );
      try {
        const claim = await takeOver(this.#host, this.#options, partitionOf(holding), check, signal);
        if (!signal.aborted) return claim;
        await claim.release();
      } catch (error) {
        if (signal.aborted) return undefined;
        const { code } = EventyError.from(error, "STORE_FAILED");
        const passes = code === "STORE_UNAVAILABLE" || code === "OUTCOME_UNKNOWN" || code === "FENCED";
        if (!passes) throw error;
        await sleep(backoff.next(), signal);
      }
    }
    return undefined;
  }

  async #end(): Promise<void> {
    this.#topics = [];
    for (const holding of this.#holdings.values()) giveUp(holding);
    await this.#queue.end();
    if (this.#holdings.size > 0) await new Promise<void>((resolve) => (this.#empty = resolve));
    const ended = this.#membership.end();
    const { memberId } = this.#membership;
    if (memberId !== "") {
      // Whoever cannot say so is missed when its session is over.
      await patiently(this.#checks.leave(memberId));
    }
    await Promise.all([this.#connections.close(), this.#others.close()]);
    await ended;
    this.#hasLeft();
  }
}

function giveUp({ claim, given }: Holding): void {
  given.abort();
  claim?.revoke();
}

function partitionOf({ topic, partition }: TopicPartition): TopicPartition {
  return { topic, partition };
}
