import { EventyError } from "../../record/index.js";
import type { CrashMark } from "../claim.js";
import { fenced } from "../fenced.js";
import type { TopicPartition } from "../stored-record.js";
import { Backoff } from "../waiting/backoff.js";
import { sleep } from "../waiting/sleep.js";
import { endSessions } from "./end-sessions.js";
import { unavailable } from "./errors.js";
import { repeated } from "./repeat.js";
import type { Session } from "./session.js";
import type { Slot } from "./slot.js";
import { FENCE, GIVE_BACK, HOLD, RENEW_CLAIM } from "./statements/claim.js";
import { shared } from "./statements/statement.js";
import { transaction } from "./transaction.js";

/** A cursor as it was taken. */
export interface Taken extends TopicPartition {
  readonly group: string;
  readonly member: string;
  readonly topicId: number;
  readonly epoch: number;
  readonly acknowledged: number;
  readonly mark: CrashMark | null;
  /** Number of the session that it is written on. */
  readonly pid: number;
  readonly session: Session;
  readonly slot: Slot;
}

interface RenewedRow {
  readonly epoch: string;
  readonly acknowledged: string;
  readonly backend_pid: string;
}

/**
 * The row of a cursor that a claim owns, and what may be written behind its fence.
 *
 * It is written on one connection, whose number is in the row, so that a successor can end it. On a new connection it
 * begins with a new epoch: nothing that the old one still holds can come later.
 */
export class OwnedCursor {
  readonly #taken: Taken;
  readonly #closed: AbortSignal;
  #epoch: number;
  #acknowledged: number;
  #pid: number;
  #session: Session;
  #isGivenBack = false;

  /** @param closed aborted when the store is closed */
  constructor(taken: Taken, closed: AbortSignal) {
    this.#taken = taken;
    this.#closed = closed;
    this.#epoch = taken.epoch;
    this.#acknowledged = taken.acknowledged;
    this.#pid = taken.pid;
    this.#session = taken.session;
  }

  get acknowledged(): number {
    return this.#acknowledged;
  }

  /** @throws EventyError FENCED, STORE_UNAVAILABLE, STORE_FAILED */
  async mark({ offset, until, attempt }: CrashMark): Promise<void> {
    await this.#write(async (session) => {
      const statement = shared("mark", [...this.#key, this.#epoch, offset, until, attempt]);
      this.#checkFence((await session.execute(statement)).rowCount);
    });
  }

  /**
   * Runs statements in a transaction that acknowledges nothing.
   *
   * @throws EventyError FENCED, OUTCOME_UNKNOWN, STORE_UNAVAILABLE, STORE_FAILED; what `body` throws
   */
  async append(body: (session: Session) => Promise<unknown>): Promise<void> {
    await this.#write((session) =>
      transaction(session, async () => {
        const { rowCount } = await session.execute({ ...HOLD, values: [...this.#key, this.#epoch] });
        this.#checkFence(rowCount);
        await body(session);
      }),
    );
  }

  /**
   * Runs statements in a transaction that acknowledges. If its outcome is unknown, waits until that is found out.
   *
   * @throws EventyError FENCED; STORE_UNAVAILABLE, STORE_FAILED: nothing of it is there; what `body` throws;
   * OUTCOME_UNKNOWN if the cursor is given back, or the store is closed or refuses, before the outcome was found out
   */
  async commit(
    acknowledge: number,
    mark: CrashMark | undefined,
    body: (session: Session) => Promise<unknown>,
  ): Promise<void> {
    const marks = [mark?.offset ?? null, mark?.until ?? null, mark?.attempt ?? null];
    try {
      await this.#write((session) =>
        transaction(session, async () => {
          const values = [...this.#key, this.#epoch, this.#acknowledged, acknowledge, ...marks];
          this.#checkFence((await session.execute({ ...FENCE, values })).rowCount);
          await body(session);
        }),
      );
      this.#acknowledged = acknowledge;
    } catch (error) {
      if (!(error instanceof EventyError) || error.code !== "OUTCOME_UNKNOWN") throw error;
      await this.#findOut(error);
      if (this.#acknowledged !== acknowledge) throw unavailable(this.#session.where, error.cause);
    }
  }

  /** Gives it back. @param inOrder whether the mark goes */
  async giveBack(inOrder: boolean): Promise<void> {
    this.#isGivenBack = true;
    await this.#taken.slot.use((session) =>
      session.query({ ...GIVE_BACK, values: [...this.#key, this.#epoch, inOrder] }),
    );
  }

  get #key(): readonly [string, number, number] {
    return [this.#taken.group, this.#taken.topicId, this.#taken.partition];
  }

  #checkFence(rows: number | null): void {
    if (rows !== 1) throw fenced(this.#taken);
  }

  #write<T>(job: (session: Session) => Promise<T>): Promise<T> {
    return repeated(() =>
      this.#taken.slot.use(async (session) => {
        await this.#moveTo(session);
        return job(session);
      }),
    );
  }

  /** Reads what is acknowledged, once nothing of the lost connection can change it any more. */
  async #findOut(unknown: EventyError): Promise<void> {
    for (const backoff = new Backoff(); ; ) {
      try {
        return await this.#taken.slot.use((session) => this.#moveTo(session));
      } catch (error) {
        const { code } = EventyError.from(error, "STORE_FAILED");
        if (code === "FENCED") throw error;
        const isOver = this.#isGivenBack || this.#closed.aborted;
        if (code !== "STORE_UNAVAILABLE" || isOver) throw unknown;
        await sleep(backoff.next(), this.#closed);
      }
    }
  }

  async #moveTo(session: Session): Promise<void> {
    if (session === this.#session) return;
    await endSessions(session, [this.#pid]);
    const values = [...this.#key, this.#epoch, this.#taken.member];
    const [row] = await session.query<RenewedRow>({ ...RENEW_CLAIM, values });
    if (row === undefined) throw fenced(this.#taken);
    this.#epoch = Number(row.epoch);
    this.#acknowledged = Number(row.acknowledged);
    this.#pid = Number(row.backend_pid);
    this.#session = session;
  }
}
