import { EventyError } from "../../../record/index.js";
import { partitionName, type TopicPartition } from "../../stored-record.js";
import { Backoff } from "../../waiting/backoff.js";
import { Bell } from "../../waiting/bell.js";
import { kafkaType } from "../errors.js";
import { decodeAssignment } from "./assignment.js";
import type { Coordination, Generation } from "./coordination.js";
import { type CountPartitions, type Led, lead, morePartitions } from "./lead.js";

/** Heartbeats while a session lasts; often enough that news of the group does not have to wait. */
const HEARTBEATS = 6;
const LONGEST_INTERVAL_MS = 250;
/** A group that has just changed will often change again: what one gives up is then given to another. */
const FIRST_INTERVAL_MS = 25;

/** Who takes part in a group by a {@link Membership}. */
export interface Participant {
  readonly topics: readonly string[];
  /** The partitions that it has not given up, assigned or not. */
  readonly held: readonly TopicPartition[];
  /** Other partitions are assigned than before. */
  assigned(): void;
  /** The group goes on without it: whatever it holds is not its own any more. */
  lost(): void;
  /** It cannot take part, now or later. */
  failed(error: unknown): void;
}

/** Keeps a participant in its group, whatever happens: joins, is heard of, and joins again when the group changes. */
export class Membership {
  readonly #coordination: Coordination;
  readonly #countPartitions: CountPartitions;
  readonly #participant: Participant;
  readonly #intervalMs: number;
  #nextMs = FIRST_INTERVAL_MS;
  readonly #bell = new Bell();
  #generation: Generation | undefined;
  #memberId = "";
  #assigned: ReadonlyMap<string, TopicPartition> = new Map();
  /** What it said that it owns when it joined: nobody else gets that before it joins again without it. */
  #listed: ReadonlySet<string> = new Set();
  #rejoin = true;
  /** Aborted when it is not the leader any more, or is again. */
  #leading = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #ended = false;
  #waiting: (() => void)[] = [];

  constructor(
    coordination: Coordination,
    countPartitions: CountPartitions,
    participant: Participant,
    sessionTimeoutMs: number,
  ) {
    this.#coordination = coordination;
    this.#countPartitions = countPartitions;
    this.#participant = participant;
    this.#intervalMs = Math.min(LONGEST_INTERVAL_MS, Math.ceil(sessionTimeoutMs / HEARTBEATS));
  }

  get assigned(): ReadonlyMap<string, TopicPartition> {
    return this.#assigned;
  }

  /** Undefined: it is no member at present. */
  get generation(): Generation | undefined {
    return this.#generation;
  }

  /** Empty: it has never joined. */
  get memberId(): string {
    return this.#memberId;
  }

  /** Waits until it knows its generation, if a new one may have begun already; or until it is no member any more. */
  async settled(): Promise<void> {
    if (!this.#rejoin || this.#generation === undefined || this.#ended) return;
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Whether nobody else is given a partition, as long as it is a member. */
  owns(partition: TopicPartition): boolean {
    const name = partitionName(partition);
    return this.#assigned.has(name) || this.#listed.has(name);
  }

  /** Joins. Is done when it has tried once; it goes on to try. */
  async start(): Promise<void> {
    await new Promise<void>((tried) => {
      this.#running = this.#run(tried);
    });
  }

  /** Has it look at what its participant holds. */
  wake(): void {
    this.#bell.ring();
  }

  /** The group has changed, as somebody else was told. */
  rejoin(): void {
    this.#rejoin = true;
    this.#bell.ring();
  }

  /** The group goes on without it, as an error says. */
  lose(error: unknown): void {
    this.#rejoin = true;
    if (kafkaType(error) !== "ILLEGAL_GENERATION") this.#memberId = "";
    this.#generation = undefined;
    this.#assigned = new Map();
    this.#listed = new Set();
    this.#participant.lost();
    this.#settle();
    this.#bell.ring();
  }

  /** Ends, once what is under way is answered. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#settle();
    this.#bell.ring();
    await this.#running;
    this.#leading.abort();
  }

  async #run(tried: () => void): Promise<void> {
    const backoff = new Backoff();
    while (!this.#ended) {
      let wait = 0;
      try {
        if (this.#rejoin || this.#hasGivenUp()) await this.#join();
        else if (this.#generation !== undefined) await this.#coordination.heartbeat(this.#generation);
        backoff.reset();
        if (!this.#rejoin && !this.#hasGivenUp()) {
          wait = this.#nextMs;
          this.#nextMs = Math.min(2 * wait, this.#intervalMs);
        }
      } catch (error) {
        if (this.#ended) break;
        const isNews = kafkaType(error) === "REBALANCE_IN_PROGRESS";
        wait = isNews ? 0 : Math.min(backoff.next(), this.#intervalMs);
        if (!this.#goesOn(error)) break;
      }
      tried();
      if (wait > 0) await this.#bell.wait(wait);
    }
    tried();
  }

  /** Whether there is a partition of which the group has to know that it is free. */
  #hasGivenUp(): boolean {
    if (this.#listed.size === 0) return false;
    const { held, topics } = this.#participant;
    const kept = new Set(held.map(partitionName));
    for (const [name, { topic }] of this.#assigned) if (topics.includes(topic)) kept.add(name);
    for (const name of this.#listed) if (!kept.has(name)) return true;
    return false;
  }

  async #join(): Promise<void> {
    this.#rejoin = true;
    this.#leading.abort();
    const { topics, held } = this.#participant;
    const owned = new Map(held.map((partition) => [partitionName(partition), partition]));
    for (const [name, partition] of this.#assigned) {
      if (topics.includes(partition.topic)) owned.set(name, partition);
    }
    this.#listed = new Set([...this.#listed, ...owned.keys()]);
    const joined = await this.#coordination.join(this.#memberId, { topics, owned: [...owned.values()] });
    this.#memberId = joined.memberId;
    const isLeader = joined.leaderId === joined.memberId;
    const led = isLeader ? await lead(joined.members, this.#countPartitions) : undefined;
    const assigned = decodeAssignment(await this.#coordination.sync(joined, led?.assignments ?? []));
    this.#generation = joined;
    this.#assigned = new Map(assigned.map((partition) => [partitionName(partition), partition]));
    this.#listed = new Set([...owned.keys(), ...this.#assigned.keys()]);
    this.#rejoin = false;
    this.#nextMs = Math.min(FIRST_INTERVAL_MS, this.#intervalMs);
    this.#settle();
    if (led !== undefined) void this.#lookAfter(led);
    this.#participant.assigned();
  }

  /** No other member looks at the topics. */
  async #lookAfter(led: Led): Promise<void> {
    this.#leading = new AbortController();
    const { signal } = this.#leading;
    await morePartitions(led, this.#countPartitions, signal);
    if (!signal.aborted) this.rejoin();
  }

  #settle(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Whether it can go on after an error, and how. */
  #goesOn(error: unknown): boolean {
    const type = kafkaType(error);
    if (type === "REBALANCE_IN_PROGRESS") {
      this.#rejoin = true;
      return true;
    }
    const { code } = EventyError.from(error, "STORE_FAILED");
    if (code === "FENCED") {
      this.lose(error);
      return true;
    }
    if (code === "STORE_UNAVAILABLE" || code === "OUTCOME_UNKNOWN") return true;
    this.#participant.lost();
    this.#participant.failed(error);
    return false;
  }
}
