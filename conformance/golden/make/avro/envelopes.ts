import type { DecodeLine } from "../../../src/cases/golden/line.js";
import { recordOf } from "../base.js";
import { accept, changed, PLAIN } from "./files.js";

/** The fields of records, in schemas of other writers. */
export function envelopes(): DecodeLine[] {
  const both = { record_name: null, record_namespace: null };
  return [
    accept(
      "field-order",
      "reads fields in the order of the schema",
      ["COD-031"],
      changed(PLAIN, { type: ["string", "EVENT"], uuid: ["string", PLAIN.uuid] }),
      PLAIN,
    ),
    accept(
      "unknown-fields",
      "ignores fields that it does not know",
      ["REC-006"],
      changed(PLAIN, { shard: ["long", 7], destiny: [["null", "string"], null] }),
      PLAIN,
    ),
    accept("name-from-schema", "takes the name from the schema", ["COD-032"], changed(PLAIN, both), PLAIN),
    accept(
      "name-from-full-name",
      "takes the name from a full name",
      ["COD-032"],
      changed(PLAIN, both, { name: "pay.ments.Charge", namespace: "ignored" }),
      recordOf({ namespace: "urn:pay:ments", data: { order: 42, note: "ok" } }),
    ),
    accept(
      "date-offset",
      "applies the offset of a date",
      ["REC-033", "REC-035"],
      changed(PLAIN, { date_iso8601: ["string", "2024-02-29T12:34:56.9999999+02:00"] }),
      PLAIN,
    ),
    accept(
      "date-timestamp-differs",
      "the text counts where the dates differ",
      ["REC-036"],
      changed(PLAIN, { date_timestamp: ["long", 1] }),
      PLAIN,
    ),
    accept(
      "uuid-spelling",
      "reads other spellings of a uuid",
      ["REC-022", "REC-023"],
      changed(PLAIN, { uuid: ["string", "urn:uuid:{6BA7B8109DAD41D180B400C04FD430C8}"] }),
      PLAIN,
    ),
  ];
}
