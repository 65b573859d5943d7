/** Waiting that someone may end. */
export class Bell {
  #rung = false;
  #wake: (() => void) | undefined;

  /** Ends the waiting, or the next one if nobody waits. */
  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Waits until it is rung, or that long. */
  async wait(milliseconds: number): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#rung = false;
    this.#wake = undefined;
  }
}
