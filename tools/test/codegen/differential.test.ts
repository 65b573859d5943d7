import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RECORD_TYPES } from "../../../sdk-ts/src/gen/constants.js";
import { RECORD_FIELDS } from "../../../sdk-ts/src/gen/record-fields.js";
import { throughAvro } from "./differential/avro-form.js";
import { throughJson } from "./differential/json-form.js";
import { throughProtobuf } from "./differential/protobuf-form.js";
import { validRecord, type WildRecord, wildRecord, wildValues } from "./differential/wild-record.js";

/*
 * What one of the three generated schemas accepts, all accept, and with the same meaning after a round trip.
 *
 * What only one or two of them can say by their nature is kept out of the wild values:
 * - patterns of text are known to the JSON Schema alone: such fields hold written spellings or no text at all;
 * - limits of instants are known to the JSON Schema alone: instants are within them;
 * - 64 bits are known to Avro and Protobuf alone: integers are within them;
 * - a field that may be null and is null is absent in Protobuf: such fields are never absent;
 * - data has the one schema that Avro needs, or is no map; values in a context are those that Avro takes.
 */

const FORMS = { json: throughJson, protobuf: throughProtobuf, avro: throughAvro };

/** What each form makes of a record: null where it refuses it. */
function through(record: WildRecord): { readonly [form: string]: WildRecord | null } {
  return Object.fromEntries(Object.entries(FORMS).map(([form, passes]) => [form, passes(record)]));
}

function all(outcome: WildRecord | null): { readonly [form: string]: WildRecord | null } {
  return { json: outcome, protobuf: outcome, avro: outcome };
}

describe.each(RECORD_TYPES)("a record of type %s", (type) => {
  test("is the same through every form", () => {
    fc.assert(
      fc.property(validRecord(type), (record) => {
        expect(through(record)).toEqual(all(record));
      }),
      { numRuns: 200 },
    );
  });

  const [record] = fc.sample(validRecord(type), { numRuns: 1, seed: 1 });

  test.each(RECORD_FIELDS.map((field) => [field.name, field] as const))(
    "with any value as %s is accepted by all or by none",
    (name, field) => {
      for (const value of wildValues(field)) {
        const wild = { ...record, [name]: value };
        const outcomes = through(wild);
        expect(outcomes, fc.stringify(wild)).toEqual(all(outcomes["json"] === null ? null : given(wild)));
      }
    },
  );
});

test("a record with several wild fields is accepted by all or by none", () => {
  fc.assert(
    fc.property(wildRecord(), (record) => {
      const outcomes = through(record);
      expect(outcomes).toEqual(all(outcomes["json"] === null ? null : given(record)));
    }),
    { numRuns: 1000 },
  );
});

/** The record without the properties that are undefined. */
function given(record: WildRecord): WildRecord {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
