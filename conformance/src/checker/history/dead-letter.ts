import type { KeptRecord, Place } from "./history.js";

/** What a dead letter says of itself. */
export interface DeadLetter {
  readonly letter: KeptRecord;
  /** Where the record stood. */
  readonly origin: Place;
  readonly group: string;
  /** Undefined: nobody could be called with it. */
  readonly handler: string | undefined;
  readonly attempts: number;
  readonly error: string;
  readonly at: string;
}

const PREFIX = "eventy-dead-letter-";

/** The names of the headers that only dead letters have. */
export function isDeadLetterHeader(name: string): boolean {
  return name.startsWith(PREFIX);
}

/** What a dead letter says; what is missing is an empty text, or NaN. */
export function readDeadLetter(letter: KeptRecord): DeadLetter {
  const header = (name: string): string | undefined => letter.headers.get(`${PREFIX}${name}`);
  return {
    letter,
    origin: {
      topic: header("topic") ?? "",
      partition: Number(header("partition") ?? Number.NaN),
      offset: Number(header("offset") ?? Number.NaN),
    },
    group: header("group") ?? "",
    handler: header("handler"),
    attempts: Number(header("attempts") ?? Number.NaN),
    error: header("error") ?? "",
    at: header("at") ?? "",
  };
}
