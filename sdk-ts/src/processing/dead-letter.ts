import { HEADER_NAMES, PROCESSING } from "../gen/constants.js";
import { formatInstant } from "../record/index.js";
import type { NewRecord, Position } from "../store/index.js";
import type { Failure } from "./hooks.js";

/**
 * The dead letter of a record: its bytes and headers as they are, and headers that say what became of it.
 *
 * @param topic Where it goes.
 * @param origin Where the record comes from.
 * @param now Milliseconds since 1970-01-01T00:00:00Z.
 */
export function deadLetterOf(failure: Failure, topic: string, origin: Position, now: number): NewRecord {
  const { stored, group, handler, attempts, error } = failure;
  const { [HEADER_NAMES.deadLetterHandler]: _, ...headers } = stored.headers;
  return {
    topic,
    key: stored.key,
    value: stored.value,
    headers: {
      ...headers,
      [HEADER_NAMES.deadLetterTopic]: origin.topic,
      [HEADER_NAMES.deadLetterPartition]: String(origin.partition),
      [HEADER_NAMES.deadLetterOffset]: String(origin.offset),
      [HEADER_NAMES.deadLetterGroup]: group,
      ...(handler === null ? {} : { [HEADER_NAMES.deadLetterHandler]: handler }),
      [HEADER_NAMES.deadLetterAttempts]: String(attempts),
      [HEADER_NAMES.deadLetterError]: truncate(`${error.code}: ${error.message}`.toWellFormed()),
      [HEADER_NAMES.deadLetterAt]: formatInstant(now),
    },
  };
}

/** What a dead letter says of itself. */
export interface DeadLetterNote {
  readonly origin: Position;
  readonly group: string;
  /** Null: no handler was called. */
  readonly handler: string | null;
  readonly attempts: number;
  readonly error: string;
}

/** What the headers of a dead letter say; undefined if they are not those of one. */
export function readDeadLetter(headers: NewRecord["headers"] = {}): DeadLetterNote | undefined {
  const topic = headers[HEADER_NAMES.deadLetterTopic];
  const group = headers[HEADER_NAMES.deadLetterGroup];
  const partition = Number(headers[HEADER_NAMES.deadLetterPartition]);
  const offset = Number(headers[HEADER_NAMES.deadLetterOffset]);
  if (topic === undefined || group === undefined) return undefined;
  if (!Number.isInteger(partition) || !Number.isInteger(offset)) return undefined;
  return {
    origin: { topic, partition, offset },
    group,
    handler: headers[HEADER_NAMES.deadLetterHandler] ?? null,
    attempts: Number(headers[HEADER_NAMES.deadLetterAttempts] ?? 1),
    error: headers[HEADER_NAMES.deadLetterError] ?? "",
  };
}

function truncate(text: string): string {
  if (text.length <= PROCESSING.deadLetterErrorLength) return text;
  return Array.from(text).slice(0, PROCESSING.deadLetterErrorLength).join("");
}
