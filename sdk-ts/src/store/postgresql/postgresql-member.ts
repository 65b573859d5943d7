import { randomUUID } from "node:crypto";
import { EventyError } from "../../record/index.js";
import type { Claim } from "../claim.js";
import { ClaimQueue } from "../claim-queue.js";
import type { MemberOptions } from "../member.js";
import type { OwnMember } from "../open-members.js";
import { partitionName } from "../stored-record.js";
import { Backoff } from "../waiting/backoff.js";
import { Bell } from "../waiting/bell.js";
import { liveMembers } from "./group-view.js";
import type { Host } from "./host.js";
import type { Lease } from "./leases.js";
import type { Taken } from "./owned-cursor.js";
import { PostgresqlClaim } from "./postgresql-claim.js";
import { Share } from "./share.js";
import { FORGET_DEAD, RECORDS_LEFT } from "./statements/group.js";

/** A member of a group of a store in PostgreSQL. */
export class PostgresqlMember implements OwnMember, Lease {
  readonly member: string = randomUUID();
  readonly group: string;
  readonly topics: readonly string[];
  readonly #host: Host;
  readonly #share: Share;
  readonly #queue = new ClaimQueue();
  readonly #held = new Map<string, PostgresqlClaim>();
  readonly #bell = new Bell();
  #stopListening = (): void => undefined;
  #sharing: Promise<void> = Promise.resolve();
  #left: Promise<void> | undefined;

  readonly #hasLeft: () => void;

  /** @param hasLeft called when it has left */
  constructor(host: Host, options: MemberOptions, hasLeft: () => void) {
    this.#host = host;
    this.#hasLeft = hasLeft;
    this.group = options.group;
    this.topics = [...new Set(options.topics)];
    this.#share = new Share(host, this, options.start ?? "BEGIN");
  }

  /** Joins, and has what nobody else has. */
  async join(): Promise<void> {
    await this.#host.run((session) => session.query({ ...FORGET_DEAD, values: [this.group] }));
    await this.#host.leases.add(this);
    this.#stopListening = this.#host.signals.onChange(this.group, () => this.#bell.ring());
    this.#host.signals.tellGroup(this.group);
    let settled = (): void => undefined;
    const first = new Promise<void>((resolve) => {
      settled = resolve;
    });
    this.#sharing = this.#keepSharing(settled);
    await first;
  }

  async *claims(): AsyncIterableIterator<Claim> {
    yield* this.#queue;
  }

  async atEnd(): Promise<boolean> {
    const members = await this.#host.run((session) => liveMembers(session, this.group));
    const names = new Set([...this.topics, ...members.flatMap(({ topics }) => topics)]);
    const topics = await this.#host.topics.findAll(names);
    const values = [this.group, topics.map(({ id }) => id)];
    const [row] = await this.#host.run((session) =>
      session.query<{ found: boolean }>({ ...RECORDS_LEFT, values }),
    );
    return row?.found === false;
  }

  leave(): Promise<void> {
    this.#left ??= this.#end();
    return this.#left;
  }

  async close(): Promise<void> {
    const left = this.leave();
    await this.#releaseAll();
    await this.#sharing;
    await this.#releaseAll();
    await left;
  }

  async #end(): Promise<void> {
    this.#stopListening();
    this.#bell.ring();
    this.#revokeAll();
    await this.#queue.end();
    await this.#sharing;
    // What was taken meanwhile.
    this.#revokeAll();
    await this.#queue.end();
    await Promise.all([...this.#held.values()].map(({ closed }) => closed));
    await this.#host.leases.remove(this);
    this.#host.signals.tellGroup(this.group);
    this.#hasLeft();
  }

  #revokeAll(): void {
    for (const claim of this.#held.values()) claim.revoke();
  }

  async #releaseAll(): Promise<void> {
    await Promise.all([...this.#held.values()].map((claim) => claim.release()));
  }

  async #keepSharing(settled: () => void): Promise<void> {
    const backoff = new Backoff();
    while (this.#left === undefined) {
      let wait: number;
      try {
        wait = await this.#share.settle(this.#held, (taken) => this.#give(taken));
        backoff.reset();
      } catch (error) {
        const { code } = EventyError.from(error, "STORE_FAILED");
        if (code !== "STORE_UNAVAILABLE") {
          this.#queue.fail(error);
          return settled();
        }
        wait = backoff.next();
      }
      settled();
      await this.#bell.wait(wait);
    }
  }

  #give(taken: Taken): void {
    const claim = new PostgresqlClaim(this.#host, taken);
    const name = partitionName(taken);
    this.#held.set(name, claim);
    this.#queue.push(claim);
    void claim.closed.then(() => {
      if (this.#held.get(name) === claim) this.#held.delete(name);
      this.#bell.ring();
    });
  }
}
