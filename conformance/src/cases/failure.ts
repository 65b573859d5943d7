/**
 * What went wrong, as one word of a closed list.
 *
 * - `REFUSED`: valid input was refused.
 * - `ACCEPTED`: invalid input was accepted.
 * - `WRONG-VALUE`: the record read is another than the one written.
 * - `WRONG-BYTES`: the bytes written are not what the encoding prescribes.
 * - `WRONG-ERROR`: refused, as it must be, but as an error of the wrong kind or place.
 * - `WRONG-REPLY`: the reply answers another question than was asked.
 * - `SILENT-CHANGE`: a value that could not be carried was altered instead of refused.
 * - `CONTEXT-DROPPED`, `CONTEXT-CHANGED`, `CONTEXT-LEAKED`: a value that must be inherited is missing,
 *   is another, or is where it must not be.
 * - `TOO-MUCH-MEMORY`: far more memory was used than the bytes account for.
 * - `CRASHED`: the testee ended while a command was pending.
 * - `TIMED-OUT`: the testee did not reply in time, or said nothing for too long.
 * - `RUN-ENDED`: a run ended before what was to happen in it.
 * - `LOST`: a record was never handled, or an output is not there.
 * - `DUPLICATE`: something happened more often than it may.
 * - `ORPHAN-OUTPUT`: an output of something that did not happen.
 * - `PARTIAL-TRANSACTION`: a part of what belongs together is there, another is not.
 * - `DIRTY-READ`: something was seen that is not committed.
 * - `REORDERED`: records of a key are in another order.
 * - `ZOMBIE-COMMIT`: a process wrote after another one had taken its partition over.
 * - `WRONG-POSITION`: a cursor stands elsewhere than it must.
 * - `EARLY-ACKNOWLEDGEMENT`: a record was acknowledged before its at-least-once handlers had finished.
 * - `EARLY-START`: an at-most-once handler was called before the record was acknowledged.
 * - `SKIPPED-TURN`: an at-most-once handler was never called with a record, and no crash explains it.
 * - `STALLED`: a group does not go on, and nothing is in its way.
 * - `MISROUTED`: a record is where it does not belong, or came to a handler that is not for it.
 * - `WRONG-UUID`: a uuid is not the one that the protocol computes.
 */
export type Anomaly =
  | "REFUSED"
  | "ACCEPTED"
  | "WRONG-VALUE"
  | "WRONG-BYTES"
  | "WRONG-ERROR"
  | "WRONG-REPLY"
  | "SILENT-CHANGE"
  | "CONTEXT-DROPPED"
  | "CONTEXT-CHANGED"
  | "CONTEXT-LEAKED"
  | "TOO-MUCH-MEMORY"
  | "CRASHED"
  | "TIMED-OUT"
  | "RUN-ENDED"
  | "LOST"
  | "DUPLICATE"
  | "ORPHAN-OUTPUT"
  | "PARTIAL-TRANSACTION"
  | "DIRTY-READ"
  | "REORDERED"
  | "ZOMBIE-COMMIT"
  | "WRONG-POSITION"
  | "EARLY-ACKNOWLEDGEMENT"
  | "EARLY-START"
  | "SKIPPED-TURN"
  | "STALLED"
  | "MISROUTED"
  | "WRONG-UUID";

/** What a failure shows besides its message. */
export interface FailureDetails {
  /** The id of the requirement that is broken; without it, every requirement of the case is meant. */
  readonly requirement?: string;
  readonly expected?: string;
  readonly actual?: string;
  /** The commands and replies that show it, as few as possible, one a line. */
  readonly history?: readonly string[];
  readonly cause?: unknown;
}

/** The implementation under test broke a requirement. A case throws it; nothing else makes a case FAIL. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly anomaly: Anomaly;
  readonly requirement?: string;
  readonly expected?: string;
  readonly actual?: string;
  readonly history?: readonly string[];

  constructor(anomaly: Anomaly, message: string, details: FailureDetails = {}) {
    const { cause, ...shown } = details;
    super(message, { cause });
    this.anomaly = anomaly;
    Object.assign(this, shown);
  }
}

/** No verdict was reached. A case throws it when what it was to observe did not happen. */
export class Inconclusive extends Error {
  override readonly name: string = "Inconclusive";
}

/** The fault that a case is about did not happen. The case is tried again. */
export class NotFired extends Inconclusive {
  override readonly name = "NotFired";
}
