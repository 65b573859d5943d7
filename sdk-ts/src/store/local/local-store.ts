import type { Batch, FetchLimit } from "../batch.js";
import { checkTopic } from "../check-topic.js";
import { fetchLimit } from "../fetch-limit.js";
import type { Member, MemberOptions } from "../member.js";
import type { Partitioner } from "../partitioner.js";
import { Placement } from "../placement.js";
import type { Bounds, RecordStore } from "../record-store.js";
import type { Headers, NewRecord, Position, TopicPartition } from "../stored-record.js";
import { breathe } from "./breathe.js";
import { Group } from "./group.js";
import type { ClaimHost } from "./local-claim.js";
import type { Log } from "./log.js";
import { WakeUps } from "./wake-ups.js";

const NO_HEADERS: Headers = Object.freeze({});

/** A store that one process has for itself: all members of its groups are in this process. */
export class LocalStore implements RecordStore {
  readonly #host: ClaimHost;
  readonly #groups = new Map<string, Group>();

  constructor(log: Log, partitioner?: Partitioner) {
    const placement = new Placement(partitioner);
    this.#host = {
      log,
      wakeUps: new WakeUps(),
      place: (records) => {
        const partitions = placement.place(records, (topic) => log.partitionsOf(topic));
        // Written out: copying with ... costs three times as much, for each record.
        return records.map(({ topic, key, value, headers = NO_HEADERS }, index) => ({
          topic,
          partition: partitions[index] ?? 0,
          key,
          value,
          headers,
        }));
      },
    };
  }

  async createTopic(topic: string, partitions: number): Promise<void> {
    await breathe();
    checkTopic(topic, partitions);
    await this.#host.log.createTopic(topic, partitions);
  }

  async partitionsOf(topic: string): Promise<number> {
    await breathe();
    return this.#host.log.partitionsOf(topic);
  }

  async append(records: readonly NewRecord[]): Promise<readonly Position[]> {
    await breathe();
    const placed = this.#host.place(records);
    const positions = await this.#host.log.append(placed);
    this.#host.wakeUps.wake(placed);
    return positions;
  }

  async read(partition: TopicPartition, offset: number, limit?: FetchLimit): Promise<Batch> {
    await breathe();
    return this.#host.log.read(partition, offset, fetchLimit(limit));
  }

  async bounds(partition: TopicPartition): Promise<Bounds> {
    await breathe();
    return this.#host.log.bounds(partition);
  }

  async offsetAt(partition: TopicPartition, date: Date): Promise<number> {
    await breathe();
    return this.#host.log.offsetAt(partition, date);
  }

  async acknowledged(group: string, partition: TopicPartition): Promise<number | null> {
    await breathe();
    return this.#host.log.acknowledged(group, partition);
  }

  async join(options: MemberOptions): Promise<Member> {
    const group = this.#groups.get(options.group) ?? new Group(options.group, this, this.#host);
    this.#groups.set(options.group, group);
    return group.join(options);
  }

  /**
   * Removes the records of a partition before an offset, for ever. A group that has not acknowledged them yet stops
   * with POSITION_LOST.
   *
   * @throws EventyError POSITION_LOST if the offset is behind the newest record
   */
  async deleteBefore(partition: TopicPartition, offset: number): Promise<void> {
    await this.#host.log.deleteBefore(partition, offset);
  }

  /**
   * Treats who has a partition as dead: it is taken over, and the claim on it finds itself fenced. For tests: in one
   * process, members die only together.
   */
  async expel(claim: TopicPartition & { readonly group: string }): Promise<void> {
    await this.#groups.get(claim.group)?.expel(claim);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#groups.values()].map((group) => group.close()));
    await this.#host.log.close();
  }
}
