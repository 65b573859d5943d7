import type { Anomaly } from "../../cases/failure.js";

/**
 * What must hold of every history. A case knows the requirements that each stands for.
 *
 * - `progress`: what is there to handle is handled.
 * - `cursor`: what a group has acknowledged only grows, and stays within the partition.
 * - `committed-reads`: handlers get committed records only, unchanged and each at its place.
 * - `at-least-once`: what is acknowledged was handled to its end, and its outputs are there.
 * - `exactly-once`: outputs are there once if the input is acknowledged, and not at all if it is not.
 * - `state`: changes of a state are there once if the input is acknowledged, and not at all if it is not.
 * - `at-most-once`: no handler is called twice, and no output is there twice.
 * - `acknowledged-first`: what is handled at most once was acknowledged before.
 * - `turn`: what is acknowledged had its turn, unless the process was killed.
 * - `dead-letter`: what could not be handled is a dead letter, once, together with the acknowledgement.
 * - `dead-letter-form`: a dead letter holds the bytes unchanged and says where they were from.
 * - `stop`: nothing that stopped a group is acknowledged.
 * - `order`: outputs of records with one key are in the order of these records.
 * - `output-uuid`, `idempotency-key`: both are computed as the protocol says.
 * - `output`: outputs say what they must, and stand where they belong.
 */
export type Rule =
  | "progress"
  | "cursor"
  | "committed-reads"
  | "at-least-once"
  | "exactly-once"
  | "state"
  | "at-most-once"
  | "acknowledged-first"
  | "turn"
  | "dead-letter"
  | "dead-letter-form"
  | "stop"
  | "order"
  | "output-uuid"
  | "idempotency-key"
  | "output";

/** What is wrong with a history. */
export interface Finding {
  readonly rule: Rule;
  readonly anomaly: Anomaly;
  readonly message: string;
  readonly expected?: string;
  readonly actual?: string;
}
