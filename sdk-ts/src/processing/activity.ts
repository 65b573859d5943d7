/** Whether something is being handled, and how much was. */
export class Activity {
  #busy = 0;
  #ended = 0;
  #waiting: (() => void)[] = [];

  /** Grows with each piece of work that has ended. */
  get ended(): number {
    return this.#ended;
  }

  get isIdle(): boolean {
    return this.#busy === 0;
  }

  /** Does a piece of work. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#busy++;
    try {
      return await work();
    } finally {
      this.#busy--;
      this.#ended++;
      this.wake();
    }
  }

  /** Resolves after the next piece of work, or after so many milliseconds. */
  change(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Ends all waiting. */
  wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
