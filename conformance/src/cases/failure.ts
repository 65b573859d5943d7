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
 * - `TIMED-OUT`: the testee did not reply in time.
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
  | "TIMED-OUT";

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
  override readonly name = "Inconclusive";
}
