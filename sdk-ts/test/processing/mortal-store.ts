import { setImmediate } from "node:timers/promises";
import { EventyError } from "../../src/record/index.js";
import type { Claim, Member, MemberOptions, RecordStore } from "../../src/store/index.js";
import { intercept } from "./intercept.js";

/** What goes wrong at an operation of a claim. */
export type Fault = "crash before" | "crash after" | "unavailable" | "unknown before" | "unknown after";

/**
 * A store as one process sees it, which fails at some operations of its claims.
 * After a crash nothing happens any more: every call waits for ever, as if the process had ended.
 */
export class MortalStore {
  /** The store, for the process. */
  readonly store: RecordStore;
  /** Resolves when the process has crashed. */
  readonly crashed: Promise<"crashed">;
  readonly #faults: ReadonlyMap<number, Fault>;
  readonly #commitTurns: number;
  #operations = 0;
  #alive = true;
  #crash: () => void = () => {};

  /**
   * @param faults By the number of the operation, from 0.
   * @param commitTurns How many turns of the event loop a commit takes.
   */
  constructor(store: RecordStore, faults: ReadonlyMap<number, Fault>, commitTurns = 0) {
    this.#faults = faults;
    this.#commitTurns = commitTurns;
    this.crashed = new Promise((resolve) => {
      this.#crash = () => {
        this.#alive = false;
        resolve("crashed");
      };
    });
    this.store = intercept(store, {
      join: (options: MemberOptions) => this.#join(store, options),
    });
  }

  /** Ends the process now. Wait for what it returns, which never comes. */
  crash(): Promise<never> {
    this.#crash();
    return new Promise(() => {});
  }

  async #join(store: RecordStore, options: MemberOptions): Promise<Member> {
    const member = await store.join(options);
    const wrap = (claim: Claim): Claim => this.#wrap(claim);
    return intercept(member, {
      claims: async function* () {
        for await (const claim of member.claims()) yield wrap(claim);
      },
    });
  }

  #wrap(claim: Claim): Claim {
    return intercept(claim, {
      mark: (mark) => this.#operate(() => claim.mark(mark)),
      append: (records) => this.#operate(() => claim.append(records), true),
      commit: async (transaction) => {
        for (let turn = 0; turn < this.#commitTurns; turn++) await setImmediate();
        await this.#operate(() => claim.commit(transaction));
      },
      state: (state, key) => this.#operate(() => claim.state(state, key)),
      fetch: (limit, signal) => (this.#alive ? claim.fetch(limit, signal) : this.crash()),
      release: () => (this.#alive ? claim.release() : this.crash()),
    });
  }

  async #operate<T>(operation: () => Promise<T>, isAppend = false): Promise<T> {
    if (!this.#alive) return this.crash();
    const fault = this.#faults.get(this.#operations++);
    if (fault === "crash before") return this.crash();
    if (fault === "unavailable") throw new EventyError("STORE_UNAVAILABLE", "gone for a moment");
    if (isAppend && fault === "unknown before") throw new EventyError("OUTCOME_UNKNOWN", "cut off");
    const result = await operation();
    if (isAppend && fault === "unknown after") throw new EventyError("OUTCOME_UNKNOWN", "cut off");
    return fault === "crash after" ? this.crash() : result;
  }
}
