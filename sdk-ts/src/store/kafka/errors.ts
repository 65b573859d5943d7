import { type ErrorCode, EventyError } from "../../record/index.js";
import { NETWORK_ERRORS } from "../network-errors.js";

/** What answers of brokers mean; all others are STORE_FAILED. */
const CODES: Partial<Record<ErrorCode, readonly string[]>> = {
  // The broker refuses at present, and not for ever; nothing was written.
  STORE_UNAVAILABLE: [
    "LEADER_NOT_AVAILABLE",
    "NOT_LEADER_FOR_PARTITION",
    "BROKER_NOT_AVAILABLE",
    "REPLICA_NOT_AVAILABLE",
    "STALE_CONTROLLER_EPOCH",
    "NETWORK_EXCEPTION",
    "GROUP_LOAD_IN_PROGRESS",
    "GROUP_COORDINATOR_NOT_AVAILABLE",
    "NOT_COORDINATOR_FOR_GROUP",
    "NOT_ENOUGH_REPLICAS",
    "REBALANCE_IN_PROGRESS",
    "NOT_CONTROLLER",
    "OUT_OF_ORDER_SEQUENCE_NUMBER",
    "UNKNOWN_PRODUCER_ID",
    "INVALID_TXN_STATE",
    "CONCURRENT_TRANSACTIONS",
    "REASSIGNMENT_IN_PROGRESS",
    "LISTENER_NOT_FOUND",
    "FENCED_LEADER_EPOCH",
    "UNKNOWN_LEADER_EPOCH",
    "STALE_BROKER_EPOCH",
    "OFFSET_NOT_AVAILABLE",
    "UNSTABLE_OFFSET_COMMIT",
    "THROTTLING_QUOTA_EXCEEDED",
    "NEW_LEADER_ELECTED",
    "TRANSACTION_ABORTABLE",
  ],
  // It is in the log of the leader, and stays there or does not.
  OUTCOME_UNKNOWN: ["REQUEST_TIMED_OUT", "NOT_ENOUGH_REPLICAS_AFTER_APPEND"],
  FENCED: [
    "INVALID_PRODUCER_EPOCH",
    "PRODUCER_FENCED",
    "INVALID_PRODUCER_ID_MAPPING",
    "TRANSACTION_COORDINATOR_FENCED",
    "UNKNOWN_MEMBER_ID",
    "ILLEGAL_GENERATION",
    "FENCED_INSTANCE_ID",
  ],
  UNKNOWN_TOPIC: ["UNKNOWN_TOPIC_OR_PARTITION", "INVALID_TOPIC_EXCEPTION"],
  POSITION_LOST: ["OFFSET_OUT_OF_RANGE"],
};

/** Errors that are younger than kafkajs. */
const YOUNGER: Readonly<Record<string, string>> = {
  89: "THROTTLING_QUOTA_EXCEEDED",
  90: "PRODUCER_FENCED",
  106: "NEW_LEADER_ELECTED",
  120: "TRANSACTION_ABORTABLE",
};

const codes = new Map(
  Object.entries(CODES).flatMap(([code, types]) => types.map((type) => [type, code as ErrorCode] as const)),
);

/** What an error of a broker is called in the protocol, also if it is the cause of an EventyError. */
export function kafkaType(error: unknown): string | undefined {
  if (error instanceof EventyError) return kafkaType(error.cause);
  if (!(error instanceof Error)) return undefined;
  // Of requests about several topics.
  if ("errors" in error && Array.isArray(error.errors)) return kafkaType(error.errors[0]);
  if (!("type" in error) || typeof error.type !== "string") return undefined;
  if (error.type !== "KAFKAJS_UNKNOWN_ERROR_CODE") return error.type;
  return YOUNGER[/\d+$/.exec(error.message)?.[0] ?? ""] ?? error.message;
}

/** A request that was given up. */
export class LateAnswer extends Error {
  constructor(timeoutMs: number) {
    super(`It took longer than ${timeoutMs} ms.`);
  }
}

/** Whether a connection is gone after this error, or not to be trusted. */
export function endsConnection(error: unknown): boolean {
  if (error instanceof EventyError) return error.cause !== undefined && endsConnection(error.cause);
  return kafkaType(error) === undefined;
}

/** The error of a request. */
export function requestError(error: unknown, where: string): EventyError {
  if (error instanceof EventyError) return error;
  const type = kafkaType(error);
  if (type !== undefined) {
    const code = codes.get(type) ?? "STORE_FAILED";
    return new EventyError(code, `${where}: ${messageOf(error)} (${type})`, { cause: error });
  }
  const name = nameOf(error);
  if (name === "KafkaJSConnectionError" && messageOf(error) === "Not connected")
    return unavailable(where, error);
  if (name.startsWith("KafkaJSConnection") || error instanceof LateAnswer) {
    return new EventyError(
      "OUTCOME_UNKNOWN",
      `The connection to ${where} broke before the answer came: ${messageOf(error)}`,
      { cause: error },
    );
  }
  return new EventyError("STORE_FAILED", `${where}: ${messageOf(error)}`, { cause: error });
}

/** The error of a connection that does not come about. */
export function connectError(error: unknown, where: string): EventyError {
  if (error instanceof EventyError) return error;
  if (kafkaType(error) !== undefined) return requestError(error, where);
  const code =
    error instanceof Error && "code" in error && error.code !== undefined ? String(error.code) : "";
  const closed = nameOf(error).startsWith("KafkaJSConnection") && code === "";
  // What the options make impossible has no code either.
  const impossible = messageOf(error).startsWith("Failed to connect");
  if (NETWORK_ERRORS.includes(code) || (closed && !impossible)) return unavailable(where, error);
  return new EventyError("STORE_FAILED", `Cannot connect to ${where}: ${messageOf(error)}`, { cause: error });
}

function unavailable(where: string, cause: unknown): EventyError {
  return new EventyError("STORE_UNAVAILABLE", `${where} cannot be reached: ${messageOf(cause)}`, { cause });
}

/** The error of something of which nothing is there, or which may happen again: whatever became of it does not count. */
export function withoutOutcome(error: unknown): EventyError {
  const known = EventyError.from(error, "STORE_FAILED");
  if (known.code !== "OUTCOME_UNKNOWN") return known;
  return new EventyError("STORE_UNAVAILABLE", known.message, { cause: known.cause });
}

export function noSuchPartition(topic: string, partition: number, partitions: number): EventyError {
  return new EventyError(
    "INVALID_ARGUMENT",
    `Topic ${topic} has ${partitions} partitions: there is no ${partition}.`,
  );
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : "";
}

/** Errors of several brokers have no message of their own. */
function messageOf(error: unknown): string {
  if (error instanceof Error && "errors" in error && Array.isArray(error.errors)) {
    return error.errors.map(messageOf).join("; ");
  }
  return error instanceof Error ? error.message : String(error);
}
