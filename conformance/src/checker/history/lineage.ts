import type { NeutralRecord } from "../../oracle/index.js";
import { entriesOf } from "../../oracle/values.js";

/** The number of the record that a record is, or comes of. */
export function lineageOf(record: NeutralRecord): string | undefined {
  return numberIn(record, "input") ?? numberIn(record, "n");
}

/** A whole number in the data of a record, as text. */
export function numberIn({ payload }: NeutralRecord, key: string): string | undefined {
  const kind = payload.case === "data" ? entriesOf(payload.value).get(key)?.kind : undefined;
  return kind?.case === "integer" ? String(kind.value) : undefined;
}
