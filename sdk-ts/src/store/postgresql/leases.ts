import { Backoff } from "../waiting/backoff.js";
import { Bell } from "../waiting/bell.js";
import type { Slot } from "./slot.js";
import { END_LEASE, RENEW_LEASE } from "./statements/group.js";

/** How often a lease is renewed before it would run out. */
const TIMES = 3;

/** A member in the eyes of others. */
export interface Lease {
  readonly member: string;
  readonly group: string;
  readonly topics: readonly string[];
}

/** Keeps the members of this process alive, on a connection of its own that nothing else can hold up. */
export class Leases {
  readonly #slot: Slot;
  readonly #leaseMs: number;
  readonly #leases = new Set<Lease>();
  readonly #bell = new Bell();
  #renewing: Promise<void> | undefined;

  constructor(slot: Slot, leaseMs: number) {
    this.#slot = slot;
    this.#leaseMs = leaseMs;
  }

  /** Milliseconds after which a member looks at its group, whatever happens. */
  get everyMs(): number {
    return this.#leaseMs / TIMES;
  }

  /** Begins a lease. It is to be removed even if that fails. @throws EventyError STORE_UNAVAILABLE, STORE_FAILED */
  async add(lease: Lease): Promise<void> {
    // Before anybody knows how it ends: if only the answer is lost, there is a lease to remove.
    this.#leases.add(lease);
    await this.#renew(lease);
    this.#renewing ??= this.#keep();
  }

  /** Ends a lease, at once if the database can be reached. */
  async remove(lease: Lease): Promise<void> {
    if (!this.#leases.delete(lease)) return;
    if (this.#leases.size === 0) this.#bell.ring();
    await this.#slot
      .use((session) => session.query({ ...END_LEASE, values: [lease.member, lease.group] }))
      .catch(() => undefined);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#leases].map((lease) => this.remove(lease)));
    await this.#renewing;
    await this.#slot.close();
  }

  async #keep(): Promise<void> {
    const backoff = new Backoff();
    let wait = this.everyMs;
    while (this.#leases.size > 0) {
      await this.#bell.wait(wait);
      try {
        for (const lease of this.#leases) await this.#renew(lease);
        backoff.reset();
        wait = this.everyMs;
      } catch {
        // What its partitions come to is seen at each of them: they are fenced if somebody has taken them over.
        wait = Math.min(backoff.next(), this.everyMs);
      }
    }
    this.#renewing = undefined;
  }

  async #renew({ member, group, topics }: Lease): Promise<void> {
    await this.#slot.use((session) =>
      session.query({ ...RENEW_LEASE, values: [member, group, JSON.stringify(topics), this.#leaseMs] }),
    );
  }
}
