/** Places where handlers wait until the suite lets them go on. */
export class Gates {
  readonly #open = new Set<string>();
  readonly #waiting = new Map<string, (() => void)[]>();

  /** Waits until the gate is open. */
  async pass(name: string): Promise<void> {
    if (this.#open.has(name)) return;
    await new Promise<void>((resolve) => {
      this.#waiting.set(name, [...(this.#waiting.get(name) ?? []), resolve]);
    });
  }

  /** Opens a gate for all who wait there, and who come later, unless it is once only. */
  release(name: string, once: boolean): void {
    if (!once) this.#open.add(name);
    for (const resolve of this.#waiting.get(name) ?? []) resolve();
    this.#waiting.delete(name);
  }
}
