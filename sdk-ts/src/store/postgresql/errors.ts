import { type ErrorCode, EventyError } from "../../record/index.js";
import { NETWORK_ERRORS } from "../network-errors.js";

/** ENOENT: a Unix socket that is not there, because the server does not run. */
const NETWORK = new Set([...NETWORK_ERRORS, "ENOENT"]);

/** SQLSTATE codes and classes of a server that refuses at present, and not for ever. */
const PASSING = [
  "40", // deadlock, serialization
  "53", // out of connections, out of memory
  "55P03", // waited too long for a lock
  "57", // shutting down, starting up, statement took too long
];
/** The disk is full: of class 53, and does not pass by itself. */
const DISK_FULL = "53100";

/** The SQLSTATE code of an error of the server. */
export function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("severity" in error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** Whether the connection is gone after this error, or not to be trusted. */
export function endsConnection(error: unknown): boolean {
  const state = sqlState(error);
  if (state === undefined) return true;
  const { severity } = error as Error & { severity: unknown };
  return severity === "FATAL" || severity === "PANIC";
}

/** Whether the database ended a transaction for the sake of another one, and it has to be run again. */
export function isToBeRepeated(error: unknown): boolean {
  const state = sqlState(error instanceof EventyError ? error.cause : error);
  return state === "40001" || state === "40P01";
}

/** The error of a statement. */
export function statementError(error: unknown, where: string): EventyError {
  if (error instanceof EventyError) return error;
  const state = sqlState(error);
  if (state === undefined) return unavailable(where, error);
  return new EventyError(codeOf(state), `${where}: ${messageOf(error)} (SQLSTATE ${state})`, {
    cause: error,
  });
}

/** The error of a connection that does not come about. */
export function connectError(error: unknown, where: string): EventyError {
  const state = sqlState(error);
  if (state !== undefined) return statementError(error, where);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (NETWORK.has(code) || /terminated|time-?out/i.test(messageOf(error))) return unavailable(where, error);
  return new EventyError("STORE_FAILED", `Cannot connect to ${where}: ${messageOf(error)}`, { cause: error });
}

export function unavailable(where: string, cause: unknown): EventyError {
  return new EventyError("STORE_UNAVAILABLE", `${where} cannot be reached: ${messageOf(cause)}`, { cause });
}

export function outcomeUnknown(where: string, cause: unknown): EventyError {
  return new EventyError(
    "OUTCOME_UNKNOWN",
    `The connection to ${where} broke before it said whether the records are there: ${messageOf(cause)}`,
    { cause },
  );
}

function codeOf(state: string): ErrorCode {
  const passing = state !== DISK_FULL && PASSING.some((prefix) => state.startsWith(prefix));
  return passing ? "STORE_UNAVAILABLE" : "STORE_FAILED";
}

/** Errors of sockets that tried several addresses have no message of their own. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}
