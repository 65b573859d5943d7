import type { Cursor } from "../cursor.js";
import { shareOut } from "../share-out.js";
import { partitionName } from "../stored-record.js";
import { cursorsOf, type LiveMember, liveMembers } from "./group-view.js";
import type { Host } from "./host.js";
import type { Lease } from "./leases.js";
import type { Taken } from "./owned-cursor.js";
import type { PostgresqlClaim } from "./postgresql-claim.js";
import { GIVE_BACK } from "./statements/claim.js";
import { giveAll, type Seat, takeOver } from "./take-over.js";

/** Who others hold the locks of is looked at again soon. */
const SOON_MS = 50;

/** The claims that a member has, by name of the partition. */
type Held = ReadonlyMap<string, PostgresqlClaim>;

/**
 * A member's share of its group's partitions.
 *
 * All members compute the same shares from the same tables. Each asks back what is another's, and takes what is its
 * own and free: if two of them see different tables, the locks of the rows decide, and the next look settles it.
 */
export class Share {
  readonly #host: Host;
  readonly #lease: Lease;
  readonly #start: Cursor;

  constructor(host: Host, lease: Lease, start: Cursor) {
    this.#host = host;
    this.#lease = lease;
    this.#start = start;
  }

  /**
   * Looks at the group once, asks claims back and takes partitions.
   *
   * @returns milliseconds until it has to look again, if nothing is heard until then
   * @throws EventyError POSITION_LOST, STORE_UNAVAILABLE, STORE_FAILED
   */
  async settle(held: Held, give: (taken: Taken) => void): Promise<number> {
    const { member } = this.#lease;
    const { members, seats } = await this.#look();
    const isAlive = (name: string | null): boolean => members.some((one) => one.member === name);
    const shares = this.#shares(members, seats);
    const wanted: Seat[] = [];
    for (const seat of seats) {
      const name = partitionName(seat);
      const claim = held.get(name);
      const isMine = shares.get(name)?.member === member;
      if (claim !== undefined && seat.owner !== member) claim.lose();
      // Who was taken for dead waits for its lease: nobody else may have noticed.
      else if (!isAlive(member)) continue;
      else if (claim !== undefined && !isMine) claim.revoke();
      else if (claim === undefined && isMine && (seat.owner === member || !isAlive(seat.owner)))
        wanted.push(seat);
      // A claim that was released when it could not be given back.
      else if (claim === undefined && seat.owner === member) await this.#giveBack(seat);
    }
    const taken = await takeOver(this.#host, this.#lease, this.#start, wanted);
    await giveAll(this.#host, taken, give);
    if (taken.length < wanted.length || !isAlive(member)) return SOON_MS;
    const others = members.filter((one) => one.member !== member).map(({ left }) => left + 1);
    return Math.min(this.#host.leases.everyMs, ...others);
  }

  async #look(): Promise<{ members: readonly LiveMember[]; seats: readonly Seat[] }> {
    const { group } = this.#lease;
    const members = await this.#host.run((session) => liveMembers(session, group));
    const names = new Set([...this.#lease.topics, ...members.flatMap(({ topics }) => topics)]);
    const topics = await this.#host.topics.findAll([...names].sort());
    const cursors = await this.#host.run((session) =>
      cursorsOf(
        session,
        group,
        topics.map(({ id }) => id),
      ),
    );
    const byKey = new Map(cursors.map((cursor) => [`${cursor.topicId}/${cursor.partition}`, cursor]));
    const seats = topics.flatMap(({ name, id, partitions }) =>
      Array.from({ length: partitions }, (_, partition) => {
        const cursor = byKey.get(`${id}/${partition}`);
        const { owner = null, pid = null, epoch = 0 } = cursor ?? {};
        return { topic: name, topicId: id, partition, isThere: cursor !== undefined, owner, pid, epoch };
      }),
    );
    return { members, seats };
  }

  async #giveBack({ topicId, partition, epoch }: Seat): Promise<void> {
    const values = [this.#lease.group, topicId, partition, epoch, false];
    await this.#host.run((session) => session.query({ ...GIVE_BACK, values }));
  }

  #shares(members: readonly LiveMember[], seats: readonly Seat[]): Map<string, LiveMember> {
    const byId = new Map(members.map((one) => [one.member, one]));
    const owners = new Map(seats.map((seat) => [partitionName(seat), byId.get(seat.owner ?? "")]));
    return shareOut(seats, members, (name) => owners.get(name));
  }
}
