import { HEADER_NAMES, PROCESSING } from "../gen/constants.js";
import { formatInstant } from "../record/index.js";
import type { Headers, NewRecord, Position } from "../store/index.js";
import type { Failure } from "./hooks.js";
import type { Origin } from "./origin.js";

/** Headers that records have that are no dead letters. */
const OF_RECORDS: readonly string[] = [HEADER_NAMES.contentType, HEADER_NAMES.destination];

/** Every header that a dead letter adds. */
const ADDED = new Set<string>(Object.values(HEADER_NAMES).filter((name) => !OF_RECORDS.includes(name)));

/**
 * The dead letter of a record: its bytes and headers as they are, and headers that say what became of it.
 *
 * @param topic Where it goes.
 * @param now Milliseconds since 1970-01-01T00:00:00Z.
 */
export function deadLetterOf(
  failure: Failure,
  topic: string,
  { position, headers }: Origin,
  now: number,
): NewRecord {
  const { stored, group, handler, attempts, error } = failure;
  return {
    topic,
    key: stored.key,
    value: stored.value,
    headers: {
      ...headers,
      [HEADER_NAMES.deadLetterTopic]: position.topic,
      [HEADER_NAMES.deadLetterPartition]: String(position.partition),
      [HEADER_NAMES.deadLetterOffset]: String(position.offset),
      [HEADER_NAMES.deadLetterGroup]: group,
      ...(handler === null ? {} : { [HEADER_NAMES.deadLetterHandler]: handler }),
      [HEADER_NAMES.deadLetterAttempts]: String(attempts),
      [HEADER_NAMES.deadLetterError]: truncate(`${error.code}: ${error.message}`.toWellFormed()),
      [HEADER_NAMES.deadLetterAt]: formatInstant(now),
    },
  };
}

/** What a dead letter says of itself. */
export interface DeadLetterNote extends Origin {
  /** Id of the handler that failed. Null: none is to blame. */
  readonly handler: string | null;
  readonly attempts: number;
  /** The code of the error, a colon, a space, and its message. */
  readonly error: string;
}

/** What the headers of a dead letter say; undefined if they are not those of one. */
export function readDeadLetter(headers: Headers): DeadLetterNote | undefined {
  const position = readPosition(headers);
  const group = headers[HEADER_NAMES.deadLetterGroup];
  if (position === undefined || group === undefined) return undefined;
  return {
    position,
    group,
    handler: headers[HEADER_NAMES.deadLetterHandler] ?? null,
    attempts: Number(headers[HEADER_NAMES.deadLetterAttempts]),
    error: headers[HEADER_NAMES.deadLetterError] ?? "",
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !ADDED.has(name))),
  };
}

function readPosition(headers: Headers): Position | undefined {
  const topic = headers[HEADER_NAMES.deadLetterTopic];
  const partition = Number(headers[HEADER_NAMES.deadLetterPartition]);
  const offset = Number(headers[HEADER_NAMES.deadLetterOffset]);
  if (topic === undefined || !Number.isInteger(partition) || !Number.isInteger(offset)) return undefined;
  return { topic, partition, offset };
}

function truncate(text: string): string {
  if (text.length <= PROCESSING.deadLetterErrorLength) return text;
  return Array.from(text).slice(0, PROCESSING.deadLetterErrorLength).join("");
}
