import type { Session } from "./session.js";
import { Slot } from "./slot.js";

/** The connections for reading and writing. */
export class Pool {
  readonly #slots: readonly Slot[];
  #turn = -1;

  constructor(size: number, open: () => Promise<Session>) {
    this.#slots = Array.from({ length: size }, () => new Slot(open));
  }

  /** For a claim to write on, in turns. */
  writer(): Slot {
    this.#turn = (this.#turn + 1) % this.#slots.length;
    return this.#slots[this.#turn] as Slot;
  }

  /** Runs a job on the connection with the least to do; of equals, on one that claims write on last. */
  use<T>(job: (session: Session) => Promise<T>): Promise<T> {
    const slot = this.#slots.reduceRight((least, slot) => (slot.waiting < least.waiting ? slot : least));
    return slot.use(job);
  }

  async close(): Promise<void> {
    await Promise.all(this.#slots.map((slot) => slot.close()));
  }
}
