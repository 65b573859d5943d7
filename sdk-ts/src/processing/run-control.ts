import { setTimeout as sleep } from "node:timers/promises";
import { EventyError } from "../record/index.js";

/** Thrown where nothing waits any longer. Never leaves this folder. */
export class Interrupted extends Error {}

/** The call of a handler. */
interface Call {
  /** Begins it; it calls one of both when it has ended. */
  run(done: () => void, failed: (error: unknown) => void): void;
  /** The run is asked to end. */
  askToEnd(): void;
  /** Nobody waits for the handler any longer, and nothing of what it does takes effect. */
  abandon(reason: Error): void;
}

/**
 * Ends the handling of a partition in two steps: first it begins nothing new,
 * then, if that takes too long, it does not wait any longer.
 */
export class RunControl {
  readonly #asked: AbortSignal;
  readonly #stop = new AbortController();
  #stopping = false;
  readonly #interruption = new AbortController();
  readonly #drainTimeoutMs: number;
  #drain: NodeJS.Timeout | undefined;
  #current: { readonly call: Call; giveUp(reason: Error): void } | undefined;

  /**
   * @param asked Begins the first step.
   * @param drainTimeoutMs Milliseconds between both steps.
   */
  constructor(asked: AbortSignal, drainTimeoutMs: number) {
    this.#asked = asked;
    this.#drainTimeoutMs = drainTimeoutMs;
    if (asked.aborted) this.stop();
    else asked.addEventListener("abort", this.stop);
  }

  /** Aborted when nothing new is to begin. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** True when nothing new is to begin. */
  get stopping(): boolean {
    return this.#stopping;
  }

  /** Begins the first step, if nobody has. */
  readonly stop = (): void => {
    if (this.#stopping) return;
    this.#stopping = true;
    this.#stop.abort();
    this.#current?.call.askToEnd();
    this.#drain = setTimeout(() => {
      this.#interruption.abort();
      this.#current?.giveUp(new Interrupted());
    }, this.#drainTimeoutMs);
  };

  /**
   * Begins a call and waits for it, until it is out of time or the second step comes.
   *
   * @throws EventyError HANDLER_FAILED after `timeoutMs`; Interrupted
   */
  guard(call: Call, timeoutMs?: number): Promise<void> {
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const end = (): void => {
        clearTimeout(timer);
        // One that was given up may end while another one is at work.
        if (this.#current === current) this.#current = undefined;
      };
      const giveUp = (reason: Error): void => {
        end();
        call.abandon(reason);
        reject(reason);
      };
      const current = { call, giveUp };
      if (this.#interruption.signal.aborted) return giveUp(new Interrupted());
      this.#current = current;
      if (timeoutMs !== undefined) timer = setTimeout(() => giveUp(outOfTime(timeoutMs)), timeoutMs);
      call.run(
        () => {
          end();
          resolve();
        },
        (error) => {
          end();
          reject(error);
        },
      );
    });
  }

  /**
   * What a promise comes to, unless the second step comes before. Then nobody cares.
   *
   * @throws Interrupted
   */
  unlessInterrupted<T>(promise: Promise<T>): Promise<T> {
    return unlessAborted(promise, this.#interruption.signal);
  }

  /**
   * Waits, at most until the first step or the second.
   *
   * @throws Interrupted
   */
  async pause(milliseconds: number, until: "stop" | "interruption"): Promise<void> {
    const signal = until === "stop" ? this.signal : this.#interruption.signal;
    try {
      await sleep(milliseconds, undefined, { signal });
    } catch {
      throw new Interrupted();
    }
  }

  /** Forgets the signal and the time. */
  dispose(): void {
    clearTimeout(this.#drain);
    this.#asked.removeEventListener("abort", this.stop);
  }
}

/** What a promise comes to, unless a signal aborts before. @throws Interrupted */
export function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(new Interrupted());
    signal.addEventListener("abort", giveUp);
    if (signal.aborted) giveUp();
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", giveUp));
  });
}

function outOfTime(milliseconds: number): EventyError {
  return new EventyError("HANDLER_FAILED", `the handler did not finish within ${milliseconds} ms`);
}
