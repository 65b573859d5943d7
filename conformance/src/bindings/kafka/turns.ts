/** Lets one after the other have something. */
export class Turns {
  #last: Promise<void> = Promise.resolve();

  /**
   * Waits until it is one's turn.
   *
   * @returns what is called when the turn is over
   */
  async next(): Promise<() => void> {
    const before = this.#last;
    let done: () => void = () => {};
    this.#last = new Promise((resolve) => {
      done = resolve;
    });
    await before;
    return done;
  }
}
