import type { EventyError } from "../record/index.js";
import type { StoredRecord, TopicPartition } from "../store/index.js";

/** A record that a handler failed on, or that could not be decoded. */
export interface Failure {
  readonly group: string;
  /** Id of the handler. Null: no handler was called. */
  readonly handler: string | null;
  readonly stored: StoredRecord;
  /** How many times it was tried. */
  readonly attempts: number;
  readonly error: EventyError;
}

/** What a program may want to know while it runs. Nothing is printed in place of a hook that is not there. */
export interface Hooks {
  /** A handler has failed, and is called again after so many milliseconds. */
  onRetry?(failure: Failure, delayMs: number): void;
  /** A dead letter was written. */
  onDeadLetter?(failure: Failure): void;
  /** The group went on without a record. */
  onSkipped?(failure: Failure): void;
  /** The group stopped. Others go on. */
  onGroupStopped?(group: string, error: EventyError): void;
  /**
   * The store could not be reached, and is tried again; or another process has taken the partition over, and this
   * one drops it.
   */
  onStoreProblem?(partition: TopicPartition & { readonly group: string }, error: EventyError): void;
}
