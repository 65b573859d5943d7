import type { BoundContext } from "../case.js";
import type { ControlledTestee } from "../testee.js";
import { must } from "./command.js";

/** The testees of a scenario: which of their processes have the store open, and how. */
export class Testees {
  readonly #context: BoundContext;
  readonly #leaseMs: number | undefined;
  /** The pids of the processes that have it open. */
  readonly #opened = new Map<ControlledTestee, number>();
  /** Those that go past the proxy. */
  readonly #direct = new Set<ControlledTestee>();
  /** Those that stand still. */
  readonly #paused = new Set<ControlledTestee>();

  constructor(context: BoundContext, leaseMs: number | undefined) {
    this.#context = context;
    this.#leaseMs = leaseMs;
  }

  /** A testee whose present process has the store open. */
  async opened(testee: ControlledTestee): Promise<ControlledTestee> {
    if (this.#opened.get(testee) !== testee.pid) {
      const { binding } = this.#context;
      const value = {
        ...(this.#direct.has(testee) ? binding.openDirect : binding.open),
        ...(this.#leaseMs === undefined ? {} : { leaseMs: this.#leaseMs }),
      };
      await must(testee, { case: "open", value }, "done");
      this.#opened.set(testee, testee.pid);
    }
    return testee;
  }

  /** A further testee on the same store, which goes past the proxy. */
  async another(): Promise<ControlledTestee> {
    const testee = await this.#context.spawn();
    this.#direct.add(testee);
    return this.opened(testee);
  }

  /** Stops a testee where it is: to all others it is as dead. */
  pause(testee: ControlledTestee): void {
    testee.pause();
    this.#paused.add(testee);
  }

  /** Lets it go on. */
  resume(testee: ControlledTestee): void {
    this.#paused.delete(testee);
    testee.resume();
  }

  /** The process of a testee has ended; without one, those of all have. */
  ended(testee?: ControlledTestee): void {
    if (testee === undefined) this.#opened.clear();
    else this.#opened.delete(testee);
  }

  /** Those who have the store open, and do not stand still. */
  awake(): readonly ControlledTestee[] {
    return [...this.#opened]
      .filter(([testee, pid]) => testee.pid === pid && !this.#paused.has(testee))
      .map(([testee]) => testee);
  }
}
