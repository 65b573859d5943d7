import { checkStart } from "../check-start.js";
import type { MemberOptions } from "../member.js";
import type { RecordStore } from "../record-store.js";
import { shareOut } from "../share-out.js";
import { startPosition } from "../start-position.js";
import { partitionName, type TopicPartition } from "../stored-record.js";
import { type ClaimHost, LocalClaim } from "./local-claim.js";
import { LocalMember } from "./local-member.js";

/** Who has a partition, and who is to have it. */
interface Seat {
  readonly partition: TopicPartition;
  target: LocalMember | undefined;
  holder: LocalMember | undefined;
  claim: LocalClaim | undefined;
  /** A take-over under way. */
  taking: Promise<void> | undefined;
}

/** The members of a group, all in this process, and what each of them has. */
export class Group {
  readonly #name: string;
  readonly #store: RecordStore;
  readonly #host: ClaimHost;
  readonly #members: LocalMember[] = [];
  readonly #seats = new Map<string, Seat>();

  constructor(name: string, store: RecordStore, host: ClaimHost) {
    this.#name = name;
    this.#store = store;
    this.#host = host;
  }

  /** A new member, once it has what nobody else had. */
  async join(options: MemberOptions): Promise<LocalMember> {
    const partitions = await Promise.all(options.topics.map((topic) => this.#partitionsOf(topic, options)));
    for (const partition of partitions.flat()) {
      const name = partitionName(partition);
      const free = { partition, target: undefined, holder: undefined, claim: undefined, taking: undefined };
      if (!this.#seats.has(name)) this.#seats.set(name, free);
    }
    const member = new LocalMember(this, options);
    this.#members.push(member);
    await this.#share();
    return member;
  }

  async leave(member: LocalMember): Promise<void> {
    const index = this.#members.indexOf(member);
    if (index >= 0) this.#members.splice(index, 1);
    const held = [...this.#seats.values()].filter(({ holder }) => holder === member);
    const shared = this.#share();
    await member.end();
    await Promise.all(held.map(({ claim }) => claim?.closed));
    await shared;
  }

  /** Ends all members, and waits for nobody. */
  async close(): Promise<void> {
    const members = this.#members.splice(0);
    await this.#share();
    await Promise.all(members.map((member) => member.end()));
    await Promise.all([...this.#seats.values()].map(({ claim }) => claim?.release()));
  }

  /** Gives a partition to its member again, as if the one that has it were dead: the claim is void, unknowingly. */
  async expel(partition: TopicPartition): Promise<void> {
    const seat = this.#seats.get(partitionName(partition));
    if (seat === undefined) return;
    seat.claim = seat.holder = undefined;
    await this.#settle(seat);
  }

  /** Whether there is nothing to handle. Erasure may have left offsets without records, also the last ones. */
  async atEnd(): Promise<boolean> {
    for (const { partition } of this.#seats.values()) {
      if (!this.#members.some(({ topics }) => topics.includes(partition.topic))) continue;
      const { begin, end } = await this.#store.bounds(partition);
      const next = Math.max((await this.#store.acknowledged(this.#name, partition)) ?? begin, begin);
      if (next >= end) continue;
      const { records } = await this.#store.read(partition, next, { maxRecords: 1 });
      if (records.length > 0) return false;
    }
    return true;
  }

  async #partitionsOf(topic: string, { start }: MemberOptions): Promise<TopicPartition[]> {
    const count = await this.#store.partitionsOf(topic);
    checkStart(topic, count, start);
    return Array.from({ length: count }, (_, partition) => ({ topic, partition }));
  }

  /** Shares the partitions out again, and waits until the free ones are taken. */
  async #share(): Promise<void> {
    const seats = [...this.#seats.values()];
    const shares = shareOut(
      seats.map(({ partition }) => partition),
      this.#members,
      (name) => this.#seats.get(name)?.holder,
    );
    for (const seat of seats) {
      seat.target = shares.get(partitionName(seat.partition));
      if (seat.target !== seat.holder) seat.claim?.revoke();
    }
    await Promise.all(seats.map((seat) => this.#settle(seat)));
  }

  /** Has a free partition taken by the member that it is for. */
  #settle(seat: Seat): Promise<void> {
    if (seat.taking === undefined && seat.claim === undefined) {
      seat.taking = this.#take(seat).finally(() => {
        seat.taking = undefined;
      });
    }
    return seat.taking ?? Promise.resolve();
  }

  async #take(seat: Seat): Promise<void> {
    for (let member = seat.target; member !== undefined; member = seat.target) {
      try {
        const start = await startPosition(this.#store, seat.partition, member.options.start);
        const taken = await this.#host.log.take(this.#name, seat.partition, member.id, start);
        if (seat.target === member) return this.#give(seat, member, new LocalClaim(this.#host, taken));
        await this.#host.log.release(taken, false);
      } catch (error) {
        return member.fail(error);
      }
    }
  }

  #give(seat: Seat, member: LocalMember, claim: LocalClaim): void {
    seat.claim = claim;
    seat.holder = member;
    member.give(claim);
    void claim.closed.then(() => {
      if (seat.claim !== claim) return;
      seat.claim = seat.holder = undefined;
      return this.#settle(seat);
    });
  }
}
