/**
 * What a testee asks of the server.
 *
 * - `startup`: a new connection.
 * - `commit`: the end of a transaction that keeps what was written in it, in whatever form.
 * - `autocommit`: a request outside of a transaction that writes, and so commits by itself. What a function writes
 *   that a SELECT calls is not seen, and a topic of Kafka that is made is not meant.
 * - `statement`: any other request.
 *
 * On Kafka, each request has the name of its kind besides: `EndTxn` is a `commit` if it is to commit. The first one
 * of a connection is its `startup` as well.
 */
export type RequestKind = "startup" | "commit" | "autocommit" | "statement" | KafkaRequestName;

/** Requests at which something is committed. */
export const COMMITS: readonly RequestKind[] = ["commit", "autocommit"];

/** Requests of Kafka's protocol, by their names there. */
export type KafkaRequestName =
  | "Produce"
  | "Fetch"
  | "ListOffsets"
  | "Metadata"
  | "OffsetCommit"
  | "OffsetFetch"
  | "FindCoordinator"
  | "JoinGroup"
  | "Heartbeat"
  | "LeaveGroup"
  | "SyncGroup"
  | "ApiVersions"
  | "CreateTopics"
  | "InitProducerId"
  | "AddPartitionsToTxn"
  | "AddOffsetsToTxn"
  | "EndTxn"
  | "TxnOffsetCommit"
  | "DescribeConfigs";

/** A request as a proxy saw it. */
export interface WireRequest {
  /** What it counts as. */
  readonly kinds: readonly RequestKind[];
  /** Kafka: the broker that it is for, counted from 0. */
  readonly broker?: number;
  /** Kafka: the version of the request. */
  readonly version?: number;
  /** Kafka: the transactional id that it names; null: it says that it has none. */
  readonly transactionalId?: string | null;
  /** Kafka: the group that it names. */
  readonly group?: string;
  /** Kafka: the member of the group that a TxnOffsetCommit names; empty or absent: it names none. */
  readonly member?: string;
  /** Kafka: how many replicas must have what a Produce writes before it is answered; -1: all that are in sync. */
  readonly acks?: number;
  /** Kafka: topics that are written by it, or into which it leads a transaction. */
  readonly topics?: readonly string[];
}

/** Where a fault strikes, and what it does. */
export interface FaultPlan {
  /** The kinds of requests that count. */
  readonly kinds: readonly RequestKind[];
  /** Which of them count. Default: all. */
  readonly where?: (request: WireRequest) => boolean;
  /** Strikes at the n-th of them from now on, counted from 1. */
  readonly nth: number;
  /** Before the request is forwarded, or when the server has replied and before the testee hears of it. */
  readonly moment: "before" | "after";
  /**
   * - `cut`: both sides of the connection are closed.
   * - `hold`: the connection stands still until the case says `proceed` or `cut`.
   * - a delay: the connection stands still for so many milliseconds.
   */
  readonly action: "cut" | "hold" | { readonly delayMs: number };
}

/** A fault that lies in wait. */
export interface Fault {
  readonly hasFired: boolean;
  /**
   * Waits until it has fired.
   *
   * @param end ends the waiting when it settles, such as the end of the run that the fault is to meet
   * @throws NotFired if it does not.
   */
  fired(end?: Promise<unknown>): Promise<void>;
  /**
   * Checks that it has fired: without that, a case has shown nothing.
   *
   * @throws NotFired if it has not.
   */
  witness(): void;
  /** It lies in wait no more. */
  cancel(): void;
  /** Lets the connection go on that was held. */
  proceed(): void;
  /** Cuts the connection that was held. */
  cut(): void;
}

/** Has the way to a server fail. */
export interface Outage {
  /** Cuts all connections that there are now. */
  cutAll(): void;
  /** Has all new connections refused, or accepted again. */
  refuse(on: boolean): void;
}

/** Has the way between testee and server fail; where there are several servers, that to each of them. */
export interface Faults extends Outage {
  /** All requests that were seen since the case began, in their order. */
  readonly requests: readonly WireRequest[];
  /** How many requests of a kind were seen since the case began. */
  count(kind: RequestKind): number;
  /** Sets a fault. */
  arm(plan: FaultPlan): Fault;
  /** How many connections were refused. */
  readonly refused: number;
}
