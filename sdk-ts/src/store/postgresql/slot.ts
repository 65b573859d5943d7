import type { Session } from "./session.js";

/** A place for one connection, which is opened when it is needed. Jobs have it one after the other. */
export class Slot {
  readonly #open: () => Promise<Session>;
  #session: Session | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #failures = 0;
  #failure: unknown;

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
    const failures = this.#failures;
    const result = this.#last.then(async () => job(await this.#current(failures)));
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

  /** @param failures how often it could not be opened when the job came */
  async #current(failures: number): Promise<Session> {
    if (this.#session?.lost.aborted === false) return this.#session;
    // Jobs that waited while it could not be opened do not try it again, one after the other.
    if (this.#failures > failures) throw this.#failure;
    try {
      this.#session = await this.#open();
      return this.#session;
    } catch (error) {
      this.#failures++;
      this.#failure = error;
      throw error;
    }
  }
}
