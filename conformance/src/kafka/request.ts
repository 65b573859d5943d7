import type { Reader } from "./reader.js";
import type { Writer } from "./writer.js";

/** A request of one kind and version, and how its response is read. */
export interface Request<T> {
  readonly name: string;
  readonly key: number;
  readonly version: number;
  /** Whether its header and that of its response have tagged fields. */
  readonly isFlexible?: true;
  write(writer: Writer): void;
  /** @throws BrokerError if the response says that it was refused. */
  read(reader: Reader): T;
}

/** Why a broker refused something, by the number that Kafka's protocol gives it. */
export class BrokerError extends Error {
  override readonly name = "BrokerError";
  readonly code: number;

  constructor(request: string, code: number) {
    super(`${request}: the broker answers with the error ${code}`);
    this.code = code;
  }

  /** Whether it may be otherwise a moment later. */
  get isPassing(): boolean {
    return PASSING.has(this.code);
  }
}

/** How long a broker may take for what it is asked. */
export const TIMEOUT_MS = 30_000;

/** UNKNOWN_TOPIC_OR_PARTITION, UNKNOWN_MEMBER_ID, GROUP_ID_NOT_FOUND. */
const GONE: ReadonlySet<number> = new Set([3, 25, 69]);

/** A response that was not as it may be, or none. */
export class ConnectionLost extends Error {
  override readonly name = "ConnectionLost";
}

/**
 * Leaders, coordinators and controllers that are elected, begin or go, and metadata that has not arrived yet:
 * LEADER_NOT_AVAILABLE, NOT_LEADER_OR_FOLLOWER, REQUEST_TIMED_OUT, BROKER_NOT_AVAILABLE, REPLICA_NOT_AVAILABLE,
 * NETWORK_EXCEPTION, COORDINATOR_LOAD_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR, NOT_CONTROLLER,
 * CONCURRENT_TRANSACTIONS, KAFKA_STORAGE_ERROR, FENCED_LEADER_EPOCH, UNKNOWN_LEADER_EPOCH.
 */
const PASSING: ReadonlySet<number> = new Set([5, 6, 7, 8, 9, 13, 14, 15, 16, 41, 51, 56, 74, 75]);

/** @throws BrokerError if it is the number of an error. */
export function mustBeDone(request: string, code: number): void {
  if (code !== 0) throw new BrokerError(request, code);
}

/** @throws BrokerError if it is the number of an error, unless that says that what is to be removed is not there. */
export function mustBeGone(request: string, code: number): void {
  if (!GONE.has(code)) mustBeDone(request, code);
}
