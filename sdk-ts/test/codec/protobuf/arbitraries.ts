import fc from "fast-check";
import { type EventyRecord, readRecord, type Value } from "../../../src/record/index.js";

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom("", "\u0000", "\ufeff", "\u2028", "😀", "__proto__", "constructor"),
);

const integer = fc
  .oneof(
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.integer().map(BigInt),
    fc.maxSafeInteger().map(BigInt),
    fc.constantFrom(-(2n ** 63n), 2n ** 63n - 1n, 2n ** 53n, -(2n ** 53n), -(2n ** 31n), 2n ** 31n),
  )
  .map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value));

function anyValue(...more: fc.Arbitrary<Value>[]): fc.Arbitrary<Value> {
  return fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      ...more,
      fc.constant(null),
      fc.boolean(),
      integer,
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      text,
      fc.array(tie("value"), { maxLength: 4 }),
      mapOf(tie("value")),
    ),
  })).value;
}

function mapOf<T>(values: fc.Arbitrary<T>): fc.Arbitrary<{ [key: string]: T }> {
  return fc
    .uniqueArray(fc.tuple(text, values), { maxLength: 4, selector: ([key]) => key })
    .map((members) => Object.fromEntries(members));
}

const fields = {
  namespace: text.map((rest) => `urn:${rest}`),
  name: text,
  protocolVersion: fc.constantFrom("3.0.0", "3.5.0", "3.12.1-rc.1+5"),
  version: fc.constantFrom("1.0.0", "0.1.2-x"),
  source: text.map((rest) => `urn:${rest}`),
  uuid: fc.uuid(),
  correlationId: text,
  partitionKey: fc.option(text),
  date: fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }),
  context: mapOf(mapOf(anyValue())),
  data: mapOf(anyValue(fc.uint8Array({ maxLength: 5 }))),
};

/** Any record that Protobuf can carry. */
export const anyRecord: fc.Arbitrary<EventyRecord> = fc.oneof(
  fc.record({ ...fields, type: fc.constantFrom("EVENT", "REQUEST") }).map(readRecord),
  fc
    .record({
      ...fields,
      type: fc.constant("RESPONSE"),
      destination: fc.constantFrom("urn:a", "urn:a:b"),
      requestUuid: fc.uuid(),
      ok: fc.boolean(),
      errorCode: fc.option(fc.integer()),
      errorMessage: fc.option(text),
    })
    .map(readRecord),
);
