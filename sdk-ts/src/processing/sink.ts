import type { NewRecord } from "../store/index.js";

/** Where outputs of handlers go. */
export interface Sink {
  /** Takes an output. Wait for what it returns before giving the next one. */
  add(record: NewRecord): Promise<void> | undefined;
  /** A function that drops what was added since, as far as it is not durable yet. */
  savepoint(): () => void;
}
