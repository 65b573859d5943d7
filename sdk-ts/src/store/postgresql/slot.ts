import type { Session } from "./session.js";

/** A place for one connection, which is opened when it is needed. Jobs have it one after the other. */
export class Slot {
  readonly #open: () => Promise<Session>;
  #session: Session | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(open: () => Promise<Session>) {
    this.#open = open;
  }

  /** Jobs that have it or wait for it. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Runs a job that has the connection for itself. */
  async use<T>(job: (session: Session) => Promise<T>): Promise<T> {
    this.#waiting++;
    const result = this.#last.then(async () => job(await this.#current()));
    this.#last = result.catch(() => undefined);
    try {
      return await result;
    } finally {
      this.#waiting--;
    }
  }

  /** Ends the connection, once the jobs that are there are done. */
  async close(): Promise<void> {
    await this.#last;
    await this.#session?.close();
  }

  async #current(): Promise<Session> {
    if (this.#session === undefined || this.#session.lost.aborted) this.#session = await this.#open();
    return this.#session;
  }
}
