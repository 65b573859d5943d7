import type { Faults } from "../faults/faults.js";
import type { Oracle } from "../oracle/store/oracle.js";
import type { Cluster } from "../servers/cluster.js";
import type { Server } from "../servers/server.js";
import type { Backdoor } from "./backdoor.js";
import type { Binding, BindingName, Need } from "./binding.js";
import type { Database } from "./database.js";
import type { KafkaAccess } from "./kafka-access.js";
import type { ControlledTestee, Testee } from "./testee.js";

/** The part of the protocol that a case belongs to. */
export type Profile =
  | "codec.json"
  | "codec.avro"
  | "codec.protobuf"
  | "context"
  | "store"
  | "processing.alo"
  | "processing.amo"
  | "processing.eos";

/** All profiles, in the order of a report. */
export const PROFILES: readonly Profile[] = [
  "codec.json",
  "codec.avro",
  "codec.protobuf",
  "context",
  "store",
  "processing.alo",
  "processing.amo",
  "processing.eos",
];

/** One thing that the suite finds out about an implementation. */
export type Case = PlainCase | BoundCase;

interface CaseBase {
  /** Unique, dotted, from the general to the particular: `codec.json.golden.eventy-3.4.0`. */
  readonly id: string;
  /** One line that says what must hold. */
  readonly title: string;
  /** Ids of the requirements that are broken if the case fails. */
  readonly requirements: readonly string[];
  readonly profile: Profile;
  /** What the testee must have declared; otherwise the case is skipped. */
  readonly capabilities: readonly string[];
  /** Run first: if it fails, the rest of the profile is not worth running. */
  readonly smoke?: true;
}

/** A case that needs no store. */
export interface PlainCase extends CaseBase {
  readonly bindings?: never;
  /**
   * Runs the case and returns if the implementation does what it must.
   *
   * @throws Failure if it does not, Inconclusive if that could not be found out.
   */
  run(context: CaseContext): Promise<void>;
}

/**
 * A case on a store: it runs on the binding of the run, with a testee process of its own.
 *
 * One that throws `NotFired` is tried again on an empty store, up to three times in all.
 */
export interface BoundCase extends CaseBase {
  /** The bindings that it is for: `BINDINGS` unless it says otherwise. Elsewhere it is skipped. */
  readonly bindings: readonly BindingName[];
  /** What else it needs. It is skipped on a binding that has no such thing. */
  readonly needs?: readonly Need[];
  /** Like that of a case without a store. */
  run(context: BoundContext): Promise<void>;
}

/** What a case works with. */
export interface CaseContext {
  readonly testee: Testee;
  /** Seed of everything random in the case, a 32-bit integer. */
  readonly seed: number;
  /** How many times a property is tried. */
  readonly runs: number;
  /** Aborted when the suite is interrupted. */
  readonly signal: AbortSignal;
  /** Shows how far the case is. */
  progress(done: number, total: number): void;
}

/** What a case on a store works with. */
export interface BoundContext extends CaseContext {
  readonly testee: ControlledTestee;
  readonly binding: Binding;
  readonly oracle: Oracle;
  /** The way to the server. Only of cases that need `proxy`. */
  readonly faults: Faults;
  /** The server. Only of cases that need `server`. */
  readonly server: Server;
  /** The servers. Only of cases that need `cluster`. */
  readonly cluster: Cluster;
  /** The store past all testees. Not in memory. */
  readonly backdoor: Backdoor;
  /** The database. Only on SQLite and PostgreSQL. */
  readonly database: Database;
  /** The cluster. Only on Kafka. */
  readonly kafka: KafkaAccess;
  /** Starts a further process of the testee. One that is to work beside the first needs `processes`. */
  spawn(): Promise<ControlledTestee>;
}
