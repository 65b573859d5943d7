import fc from "fast-check";
import { type EventyRecord, readRecord, type Value } from "../../src/record/index.js";

/** Any text that JSON can carry, of every plane of Unicode. */
export const text: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.constantFrom("", "\u0000", "\u2028\u2029", "\ufeff", '"\\/\b\f\n\r\t', "\u007f\u0080", "null"),
);

const key = fc.oneof(
  text,
  fc.constantFrom("__proto__", "constructor", "toString", "hasOwnProperty", "0", "-1", "$int"),
);

/** Integers of 64 bits: a bigint beyond ±(2^53 − 1). */
export const integer: fc.Arbitrary<number | bigint> = fc
  .oneof(
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.maxSafeInteger().map(BigInt),
    fc.constantFrom(-(2n ** 63n), 2n ** 63n - 1n, 2n ** 53n, 2n ** 53n - 1n, -(2n ** 53n), 0n),
  )
  .map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value));

/** Finite doubles, with and without a fraction. */
export const double: fc.Arbitrary<number> = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0.1, 1e21, 1e22, 2 ** 53, 2 ** 63, 5e-324, Number.MAX_VALUE, -1e-300, 12345.678),
);

/** What a context can carry in every encoding. */
export const scalar: fc.Arbitrary<Value> = fc.oneof(fc.constant(null), fc.boolean(), integer, double, text);

/** Any value that JSON can carry. */
export const value: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    scalar,
    fc.array(tie("value"), { maxLength: 4 }),
    mapOf(tie("value")),
  ),
})).value;

/** Maps whose keys are any text, `__proto__` included. */
export function mapOf<T>(values: fc.Arbitrary<T>): fc.Arbitrary<{ [key: string]: T }> {
  return fc
    .uniqueArray(fc.tuple(key, values), { maxLength: 4, selector: ([name]) => name })
    .map((members) => Object.fromEntries(members) as { [key: string]: T });
}

const urn = fc
  .array(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,8}$/), { minLength: 1, maxLength: 3 })
  .map((parts) => `urn:${parts.join(":")}`);

const number = fc.nat(99);
const label = fc.constantFrom("", "-rc.1", "-alpha-beta.0", "+build.5", "-0.x+001");
const version = fc
  .tuple(number, number, number, label)
  .map(([major, minor, patch, end]) => `${major}.${minor}.${patch}${end}`);
// Pre-releases of 3.0.0 come before it: the original takes them for versions of protocol 2.
const protocolVersion = fc
  .tuple(fc.integer({ min: 1, max: 99 }), number, label)
  .map(([minor, patch, end]) => `3.${minor}.${patch}${end}`);

/** The fields that all records have, besides type, context and data. */
const common = {
  name: fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,8}$/),
  protocolVersion: fc.oneof(fc.constant("3.0.0"), protocolVersion),
  version,
  source: urn,
  uuid: fc.uuid(),
  correlationId: text,
  partitionKey: fc.option(text),
  date: fc.oneof(
    fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }),
    fc.integer({ min: -5_000, max: 5_000 }),
    fc.constantFrom(-62_135_596_800_000, 253_402_300_799_999, -1, 0, 951_782_400_000),
  ),
};

const response = {
  destination: urn,
  requestUuid: fc.uuid(),
  ok: fc.boolean(),
  errorCode: fc.option(fc.integer()),
  errorMessage: fc.option(text),
};

/** Records with the given context and data. */
export function recordWith(
  type: EventyRecord["type"],
  own: { namespace?: fc.Arbitrary<string>; name?: fc.Arbitrary<string> },
  context: fc.Arbitrary<object>,
  data: fc.Arbitrary<object>,
): fc.Arbitrary<EventyRecord> {
  const fields = {
    namespace: urn,
    ...common,
    ...own,
    ...(type === "RESPONSE" ? response : {}),
    context,
    data,
  };
  return fc.record(fields).map((loose) => readRecord({ ...loose, type }));
}

/** Types of records. */
export const recordType: fc.Arbitrary<EventyRecord["type"]> = fc.constantFrom("EVENT", "REQUEST", "RESPONSE");
