const FIRST_MS = 20;
const LONGEST_MS = 1000;

/** Waiting times between tries: twice as long each time, up to a second, and none like that of another process. */
export class Backoff {
  #next = FIRST_MS;

  /** Milliseconds to wait now. */
  next(): number {
    const longest = this.#next;
    this.#next = Math.min(longest * 2, LONGEST_MS);
    return longest * (0.5 + Math.random() / 2);
  }

  /** It worked: the next time is the first one. */
  reset(): void {
    this.#next = FIRST_MS;
  }
}
