/** Watches that a process says something for as long as something is expected of it. */
export class Silence {
  /** How long the process may be silent. */
  timeoutMs: number;
  readonly #broken: (silentMs: number, expected: readonly string[]) => void;
  readonly #waits = new Set<{ readonly what: string; readonly patience: number }>();
  #timer: NodeJS.Timeout | undefined;
  #isPaused = false;

  /**
   * @param broken hears of it when the process was silent for too long, and of what was expected
   */
  constructor(timeoutMs: number, broken: (silentMs: number, expected: readonly string[]) => void) {
    this.timeoutMs = timeoutMs;
    this.#broken = broken;
  }

  /**
   * Says that something is expected, until the function returned is called.
   *
   * @param what for people: `the reply to \`write\``
   * @param patience how long the process may be silent meanwhile, as a share of `timeoutMs`
   */
  expect(what: string, patience = 1): () => void {
    const wait = { what, patience };
    this.#waits.add(wait);
    if (this.#waits.size === 1 || patience < 1) this.#watch();
    return () => {
      this.#waits.delete(wait);
      if (this.#waits.size === 0) clearTimeout(this.#timer);
    };
  }

  /** The process said something: the time begins anew. */
  heard(): void {
    this.#watch();
  }

  /** Lets no time pass. */
  pause(): void {
    this.#isPaused = true;
    clearTimeout(this.#timer);
  }

  resume(): void {
    this.#isPaused = false;
    this.#watch();
  }

  #watch(): void {
    clearTimeout(this.#timer);
    if (this.#waits.size === 0 || this.#isPaused) return;
    const timeoutMs = this.timeoutMs * Math.min(...Array.from(this.#waits, ({ patience }) => patience));
    const timer = setTimeout(() => {
      // If it was the suite that was busy, the reply is already in the pipe: read it first.
      setImmediate(() => {
        if (this.#timer !== timer || this.#waits.size === 0 || this.#isPaused) return;
        this.#broken(timeoutMs, [...new Set(Array.from(this.#waits, ({ what }) => what))]);
      });
    }, timeoutMs);
    this.#timer = timer;
  }
}
