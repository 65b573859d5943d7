import { create } from "@bufbuild/protobuf";
import fc from "fast-check";
import { RecordType } from "../../gen/proto/eventy/v3/options_pb.js";
import { RecordSchema } from "../../gen/proto/eventy/v3/record_pb.js";
import type { NeutralRecord } from "../../oracle/index.js";
import {
  booleanValue,
  bytesValue,
  type ContextEntry,
  contextEntry,
  doubleValue,
  integerValue,
  listValue,
  mapOf,
  mapValue,
  nullValue,
  stringValue,
  type Value,
  type ValueMap,
} from "../../oracle/values.js";
import type { Written } from "../codecs.js";
import { plainRecord } from "../plain-record.js";

const SURROGATES = { first: 0xd800, count: 0x800 };

/** Any Unicode scalar value, the treacherous ones often; the smallest is "a". */
const character: fc.Arbitrary<string> = fc.oneof(
  { withCrossShrink: true },
  fc.constantFrom(...'a0é\u0301\u0000\n"\\\u007f\u2028\ufeff\uffff', "\u{1f600}"),
  fc
    .integer({ min: 0, max: 0x10ffff - SURROGATES.count })
    .map((code) => String.fromCodePoint(code < SURROGATES.first ? code : code + SURROGATES.count)),
);

/** Any text. */
export const text: fc.Arbitrary<string> = fc
  .array(character, { maxLength: 12 })
  .map((characters) => characters.join(""));

/** Keys, the treacherous ones often. */
export const key: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: text },
  { weight: 1, arbitrary: fc.constantFrom("", "__proto__", "constructor", "toString", "a.b", "0", "urn:") },
);

const avroName = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,6}$/);
const avroUrn = avroName.map((name) => `urn:${name}`);
const part = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,6}$/);

const urn: fc.Arbitrary<string> = fc
  .array(part, { minLength: 1, maxLength: 3 })
  .map((parts) => `urn:${parts.join(":")}`);

const scalar: fc.Arbitrary<Value> = fc.oneof(
  fc.constant(nullValue()),
  fc.boolean().map(booleanValue),
  fc.integer().map((integer) => integerValue(BigInt(integer))),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(integerValue),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(doubleValue),
  fc.constantFrom(2 ** 53, 2 ** 60, -(2 ** 63), 1e21, -0, 1).map(doubleValue),
  text.map(stringValue),
);
const bytes = fc.uint8Array({ maxLength: 8 }).map(bytesValue);

/** Maps of such keys and values. */
export function mapFrom(keys: fc.Arbitrary<string>, values: fc.Arbitrary<Value>): fc.Arbitrary<ValueMap> {
  const entry = fc.tuple(keys, values);
  return fc.uniqueArray(entry, { maxLength: 5, selector: ([name]) => name }).map(mapOf);
}

/** Values with lists and maps in them. */
function tree(leaf: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  const { value } = fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      leaf,
      fc.array(tie("value"), { maxLength: 4 }).map(listValue),
      mapFrom(key, tie("value")).map(mapValue),
    ),
  }));
  return value;
}

/** Any value that a context may hold. */
export const value: fc.Arbitrary<Value> = tree(scalar);

/** Parts of a context that every encoding carries: Avro has only scalars there. */
const flatPart: fc.Arbitrary<ValueMap> = mapFrom(key, scalar);

/** Contexts of such parts. */
export function parts(part: fc.Arbitrary<ValueMap>): fc.Arbitrary<ContextEntry[]> {
  return fc
    .uniqueArray(fc.tuple(fc.oneof(urn, key), part), { maxLength: 4, selector: ([namespace]) => namespace })
    .map((entries) => entries.map(([namespace, values]) => contextEntry(namespace, values)));
}

const version = fc
  .tuple(fc.nat(20), fc.nat(20), fc.nat(20), fc.constantFrom("", "-rc.1", "+build.5", "-alpha-1.x+001"))
  .map(([major, minor, patch, rest]) => `${major}.${minor}.${patch}${rest}`);

/** What the records of an encoding are made of. */
interface Ingredients {
  readonly namespace: fc.Arbitrary<string>;
  readonly name: fc.Arbitrary<string>;
  readonly part: fc.Arbitrary<ValueMap>;
  readonly data: fc.Arbitrary<ValueMap>;
}

/** Records that an encoding can carry. */
export function recordIn(encoding: Written): fc.Arbitrary<NeutralRecord> {
  const any = encoding === "json" ? value : tree(fc.oneof({ weight: 6, arbitrary: scalar }, bytes));
  return encoding.startsWith("avro")
    ? record({ namespace: avroUrn, name: avroName, part: flatPart, data: mapFrom(avroName, any) })
    : record({ namespace: urn, name: text, part: mapFrom(key, value), data: mapFrom(key, any) });
}

/** Records that every encoding can carry. */
export const portableRecord: fc.Arbitrary<NeutralRecord> = record({
  namespace: avroUrn,
  name: avroName,
  part: flatPart,
  data: mapFrom(avroName, value),
});

function record({ namespace, name, part, data }: Ingredients): fc.Arbitrary<NeutralRecord> {
  const plain = plainRecord({});
  const common = fc.record({
    type: fc.constantFrom(RecordType.EVENT, RecordType.REQUEST),
    namespace: orElse(plain.namespace, namespace),
    name: orElse(plain.name, name),
    protocolVersion: orElse(
      plain.protocolVersion,
      version.map((other) => other.replace(/^\d+/, "3")),
    ),
    version: orElse(plain.version, version),
    source: orElse(plain.source, urn),
    uuid: orElse(plain.uuid, fc.uuid()),
    correlationId: orElse(plain.correlationId, text),
    partitionKey: fc.option(text, { nil: undefined }),
    date: orElse(plain.date, fc.bigInt({ min: -62135596800000n, max: 253402300799999n })),
    context: parts(part),
    payload: data.map((values) => ({ case: "data", value: values }) as const),
  });
  const answer = fc.record({
    type: fc.constant(RecordType.RESPONSE),
    destination: urn,
    requestUuid: fc.uuid(),
    ok: fc.boolean(),
    errorCode: fc.option(fc.integer(), { nil: undefined }),
    errorMessage: fc.option(text, { nil: undefined }),
  });
  return fc
    .tuple(common, fc.option(answer, { freq: 2, nil: {} }))
    .map(([fields, more]) => make({ ...fields, ...more }));
}

/** Any value, or the plain one, which it shrinks to in one step. */
function orElse<T>(plain: T, any: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 1, arbitrary: fc.constant(plain) },
    { weight: 4, arbitrary: any },
  );
}

function make(fields: { readonly [name: string]: unknown }): NeutralRecord {
  const known = Object.entries(fields).filter(([, field]) => field !== undefined);
  return create(RecordSchema, Object.fromEntries(known));
}
