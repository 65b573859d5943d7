import type { StoredRecord } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import { Failure, type FailureDetails } from "../failure.js";
import type { ToWrite } from "../scenario/command.js";

/** A record with a text as its value. */
export function note(topic: string, text: string, changes: Partial<ToWrite> = {}): ToWrite {
  return { topic, value: Buffer.from(text), key: "k", ...changes } as ToWrite;
}

/** Records with these texts as their values. */
export function notes(topic: string, texts: readonly string[]): readonly ToWrite[] {
  return texts.map((text) => note(topic, text));
}

/** The texts that are the values of records. */
export function textsOf(
  records: readonly { readonly value?: Uint8Array | null | undefined }[],
): readonly string[] {
  return records.map(({ value }) => (value == null ? "null" : Buffer.from(value).toString()));
}

/** The texts a0, a1, … */
export function numbered(prefix: string, count: number, first = 0): readonly string[] {
  return Array.from({ length: count }, (_, i) => `${prefix}${first + i}`);
}

/**
 * Checks texts.
 *
 * @throws Failure: LOST if one is missing, DUPLICATE if one is there that must not be, else REORDERED.
 */
export function mustBe(
  actual: readonly string[],
  expected: readonly string[],
  what: string,
  details: FailureDetails = {},
): void {
  if (actual.join("\n") === expected.join("\n")) return;
  const lost = expected.some((text) => !actual.includes(text));
  const anomaly = lost ? "LOST" : actual.length > expected.length ? "DUPLICATE" : "REORDERED";
  throw new Failure(anomaly, `${what} is not what it must be`, {
    expected: cut(expected),
    actual: cut(actual),
    ...details,
  });
}

/** The offsets of records. */
export function offsetsOf(records: readonly StoredRecord[]): readonly string[] {
  return records.map(({ offset }) => String(offset));
}

/** Places of records, for people: `t/0@3`. */
export function placesOf(records: readonly StoredRecord[]): readonly string[] {
  return records.map(({ topic, partition, offset }) => `${topic}/${partition ?? 0}@${offset ?? 0}`);
}

function cut(texts: readonly string[]): string {
  const shown = texts.slice(0, 12).join(", ");
  return texts.length > 12 ? `${shown}, … (${texts.length})` : shown;
}
