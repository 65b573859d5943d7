import { setImmediate } from "node:timers/promises";
import { Activity } from "./activity.js";
import type { RunControl } from "./run-control.js";
import type { TransactionBuffer } from "./transaction-buffer.js";

/** Handlers that never wait keep the answers of the store waiting: no longer than this, in milliseconds. */
const BREATH_MS = 1;

/**
 * The commits of a claim, one at a time. While one is on its way to the store, handlers go on with the records behind
 * it; nothing that they do becomes durable before it.
 */
export class Commits {
  readonly #control: RunControl;
  readonly #activity: Activity;
  #underWay: Promise<void> | undefined;
  #uncommitted: TransactionBuffer | undefined;
  #breath = 0;

  /**
   * @param control Is stopped when a commit fails.
   * @param activity Is told that something is being done while a commit is on its way.
   */
  constructor(control: RunControl, activity: Activity = new Activity()) {
    this.#control = control;
    this.#activity = activity;
  }

  /** What is on its way. Handlers see it as if it were there. */
  get uncommitted(): TransactionBuffer | undefined {
    return this.#uncommitted;
  }

  /** Begins a commit and does not wait for it. The one before has to be settled. */
  begin(buffer: TransactionBuffer, commit: () => Promise<void>): void {
    this.#breath = performance.now();
    this.#uncommitted = buffer;
    this.#underWay = this.#activity.during(commit).then(
      () => {
        this.#underWay = undefined;
        this.#uncommitted = undefined;
      },
      (error: unknown) => {
        this.#control.stop();
        throw error;
      },
    );
    // Whoever settles gets the error.
    this.#underWay.catch(() => {});
  }

  /**
   * Waits until nothing is on its way.
   *
   * @throws what the commit failed of, each time from then on
   */
  async settle(): Promise<void> {
    await this.#underWay;
  }

  /** Lets the commit get on that is on its way, if it is time. Wait for what it returns between two handlers. */
  breathe(): Promise<void> | undefined {
    if (this.#underWay === undefined || performance.now() - this.#breath < BREATH_MS) return undefined;
    return this.#breathe();
  }

  async #breathe(): Promise<void> {
    await setImmediate();
    this.#breath = performance.now();
  }
}
