import { EventyError } from "../../../record/index.js";
import type { CrashMark } from "../../claim.js";
import { fenced } from "../../fenced.js";
import type { TopicPartition } from "../../stored-record.js";
import { Backoff } from "../../waiting/backoff.js";
import { sleep } from "../../waiting/sleep.js";
import type { StoredCursor } from "../cursors/stored-cursor.js";
import { withoutOutcome } from "../errors.js";
import type { Placed } from "./placed.js";

/** What the cursor of a claim needs to be its own. */
export interface Fence {
  /**
   * Begins a new epoch: what was sent in earlier ones has taken effect, or never will.
   *
   * @throws EventyError, never OUTCOME_UNKNOWN: nothing is written by it
   */
  initialise(): Promise<void>;
  /** @throws EventyError as `initialise`; FENCED if the group has given the partition to somebody else, or may have */
  check(): Promise<void>;
  /** Undefined: the group has none. @throws EventyError as `initialise` */
  read(): Promise<StoredCursor | undefined>;
  /** @throws EventyError OUTCOME_UNKNOWN if it may have taken effect or not; for any other error it has not */
  transact(records: readonly Placed[], cursor?: StoredCursor): Promise<void>;
}

/** The cursor of a claim, which nobody else moves, and what is written behind its fence. */
export class OwnedCursor {
  readonly #claim: TopicPartition & { readonly group: string };
  readonly #fence: Fence;
  readonly #closed: AbortSignal;
  #cursor: StoredCursor = { acknowledged: 0, mark: null };
  /** Whether everything that was sent in this epoch was answered well. */
  #isSettled = false;

  /** @param closed aborted when nothing is to be waited for any more */
  constructor(claim: TopicPartition & { readonly group: string }, fence: Fence, closed: AbortSignal) {
    this.#claim = claim;
    this.#fence = fence;
    this.#closed = closed;
  }

  get acknowledged(): number {
    return this.#cursor.acknowledged;
  }

  get mark(): CrashMark | null {
    return this.#cursor.mark;
  }

  /** Takes it over. @param start where the group begins, if it has no cursor */
  async take(start: () => Promise<number>): Promise<void> {
    const found = await this.#settle();
    if (found !== undefined) this.#cursor = found;
    else await this.#set({ acknowledged: await start(), mark: null });
  }

  /** @throws EventyError FENCED, STORE_UNAVAILABLE, STORE_FAILED */
  async setMark(mark: CrashMark | null): Promise<void> {
    const cursor = { acknowledged: this.acknowledged, mark };
    try {
      await this.#set(cursor);
    } catch (error) {
      if (!(error instanceof EventyError) || error.code !== "OUTCOME_UNKNOWN") throw error;
      // It may be there, and may be set again in any case.
      this.#cursor = cursor;
      throw withoutOutcome(error);
    }
  }

  /** @throws EventyError FENCED, OUTCOME_UNKNOWN, STORE_UNAVAILABLE, STORE_FAILED */
  async append(records: readonly Placed[]): Promise<void> {
    await this.#write(() => this.#fence.transact(records));
  }

  /**
   * Acknowledges and appends. If it was not said whether that happened, waits until it is found out.
   *
   * @throws EventyError FENCED; STORE_UNAVAILABLE, STORE_FAILED: nothing of it is there; OUTCOME_UNKNOWN if the claim
   * is closed before it was found out
   */
  async commit(cursor: StoredCursor, records: readonly Placed[]): Promise<void> {
    try {
      await this.#set(cursor, records);
    } catch (error) {
      if (!(error instanceof EventyError) || error.code !== "OUTCOME_UNKNOWN") throw error;
      this.#cursor = (await this.#findOut(error)) ?? this.#cursor;
      if (this.acknowledged === cursor.acknowledged) return;
      throw withoutOutcome(error);
    }
  }

  async #set(cursor: StoredCursor, records: readonly Placed[] = []): Promise<void> {
    await this.#write(() => this.#fence.transact(records, cursor));
    this.#cursor = cursor;
  }

  async #write(transact: () => Promise<void>): Promise<void> {
    if (!this.#isSettled) {
      // Asked before too: whoever was given up a while ago does not even disturb its successor.
      await this.#fence.check();
      const found = await this.#settle();
      if (found?.acknowledged !== this.acknowledged) throw fenced(this.#claim);
      this.#cursor = found;
    }
    this.#isSettled = false;
    await transact();
    this.#isSettled = true;
  }

  /** The cursor, once nothing that was sent before can move it any more. */
  async #settle(): Promise<StoredCursor | undefined> {
    await this.#fence.initialise();
    await this.#fence.check();
    const found = await this.#fence.read();
    this.#isSettled = true;
    return found;
  }

  async #findOut(unknown: EventyError): Promise<StoredCursor | undefined> {
    for (const backoff = new Backoff(); ; ) {
      try {
        return await this.#settle();
      } catch (error) {
        const { code } = EventyError.from(error, "STORE_FAILED");
        if (code === "FENCED") throw error;
        if (code !== "STORE_UNAVAILABLE" || this.#closed.aborted) throw unknown;
        await sleep(backoff.next(), this.#closed);
      }
    }
  }
}
