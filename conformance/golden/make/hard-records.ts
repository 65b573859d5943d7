import type { NeutralRecord } from "../../src/oracle/index.js";
import { doubleValue, type Plain } from "../../src/oracle/values.js";
import { type Fields, recordOf } from "./base.js";

/** A record that is hard in one way, to be read and written in every encoding. */
export interface HardRecord {
  readonly id: string;
  readonly title: string;
  readonly requirements: readonly string[];
  readonly record: NeutralRecord;
  /** Encodings that cannot carry it, or where it means something else. */
  readonly not?: readonly ("json" | "avro" | "protobuf")[];
  /** Readers take it; whether it may be written is not said. */
  readonly readOnly?: true;
}

const INTEGERS = [
  0n,
  1n,
  -1n,
  2n ** 31n,
  -(2n ** 31n) - 1n,
  2n ** 53n - 1n,
  2n ** 53n,
  2n ** 53n + 1n,
  -(2n ** 53n) - 1n,
  2n ** 63n - 1n,
  -(2n ** 63n),
];
const DOUBLES = [
  0.1, -0.5, 12345.678, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, -1e300, 123456789.125,
];
const WIDE_DOUBLES = [2 ** 53, 2 ** 60, -(2 ** 63), 1e21, 1e22];
const TEXTS = [
  "",
  "\u0000",
  "\u0001\b\t\n\f\r\u001f\u007f",
  '"\\/',
  "\u2028\u2029",
  "\ufeff",
  "\ud83d\ude80\ud83d\udc69\u200d\ud83d\ude80",
  "e\u0301 \u00e9",
  "\uffff\u{10ffff}",
  "__proto__",
];
const KEYS = [
  "",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "\u0000",
  "\u2028",
  "\ud83d\ude80",
  "a.b[0]",
  "10",
  "9",
  "e\u0301",
  "\u00e9",
];

function hard(id: string, title: string, requirements: string[], fields: Fields): HardRecord {
  return { id, title, requirements, record: recordOf(fields) };
}

/** A context or data of all of these values, each under a key that is a name in Avro. */
function keyed(values: readonly Plain[]): Map<string, Plain> {
  return new Map(values.map((value, i) => [`v${i}`, value]));
}

/** A map that has each of the hard keys. */
const KEYED: ReadonlyMap<string, Plain> = new Map(KEYS.map((key, i) => [key, i]));

/** A value of lists or maps inside one another; below data or a part of a context, 127 make 128 levels. */
export function nested(levels: number, wrap: (inner: Plain) => Plain): Plain {
  let value: Plain = "deep";
  for (let level = 0; level < levels; level++) value = wrap(value);
  return value;
}

const WIDE: readonly Plain[] = [...WIDE_DOUBLES, 1, 0].map(doubleValue);

/** The hard records. */
export const HARD_RECORDS: readonly HardRecord[] = [
  hard("plain-event", "a plain event", ["COD-001", "REC-004"], { data: { order: 42, note: "ok" } }),
  hard("plain-request", "a plain request", ["COD-001", "REC-004"], { type: "REQUEST", data: { order: 42 } }),
  hard("plain-response", "a plain response", ["COD-001", "REC-004"], {
    type: "RESPONSE",
    data: { receipt: "r-7" },
  }),
  hard("empty-data", "a record without data", ["COD-001"], {}),
  hard("response-empty-data", "a response without data", ["COD-001"], { type: "RESPONSE" }),
  hard("response-error", "a response with an error", ["COD-001"], {
    type: "RESPONSE",
    ok: false,
    errorCode: -2147483648,
    errorMessage: "no such card",
  }),
  hard("response-error-zero", "an error code of 0 and an empty message are not null", ["COD-001"], {
    type: "RESPONSE",
    ok: false,
    errorCode: 0,
    errorMessage: "",
  }),
  hard("response-ok-with-error", "ok does not depend on the error", ["COD-001"], {
    type: "RESPONSE",
    errorCode: 2147483647,
    errorMessage: "\u0000",
  }),
  hard("partition-key-null", "no partition key", ["REC-032"], { partitionKey: null }),
  hard("partition-key-empty", "an empty partition key is not null", ["REC-032"], { partitionKey: "" }),
  hard("integers-in-data", "integers of 64 bits in data", ["REC-042"], { data: keyed(INTEGERS) }),
  hard("integers-in-context", "integers of 64 bits in a context", ["REC-042"], {
    context: { "urn:orders": keyed(INTEGERS) },
  }),
  hard("doubles-in-data", "doubles in data", ["REC-043"], { data: keyed(DOUBLES) }),
  hard("doubles-in-context", "doubles in a context", ["REC-043"], {
    context: { "urn:orders": keyed(DOUBLES) },
  }),
  hard("wide-doubles", "doubles of 2^53 and above stay doubles", ["REC-045", "REC-046"], {
    context: { "urn:orders": keyed(WIDE) },
    data: keyed(WIDE),
  }),
  hard("texts-in-data", "hard texts in data", ["REC-052"], { data: { texts: TEXTS } }),
  hard("texts-in-context", "hard texts in a context", ["REC-052"], {
    context: { "urn:orders": keyed(TEXTS) },
  }),
  hard("texts-in-fields", "hard texts in fields", ["REC-052"], {
    type: "RESPONSE",
    correlationId: "\u0000\u2028\ud83d\ude80 e\u0301",
    partitionKey: '"\\\u0000\u2029',
    errorMessage: "\u0001\ufeff",
  }),
  hard("keys-in-data", "hard keys in data", ["REC-053"], { data: { keys: KEYED } }),
  hard("keys-in-context", "hard keys in a context", ["REC-053"], { context: { "urn:orders": KEYED } }),
  {
    ...hard("keys-at-top", "hard keys at the first level of data", ["REC-053"], { data: KEYED }),
    not: ["avro"],
  },
  hard("keys-of-context", "keys of a context that are no URNs", ["REC-054"], {
    context: Object.fromEntries(KEYS.map((key) => [key, { key }])),
  }),
  hard("values-in-data", "null, booleans, empty lists and maps", ["COD-001"], {
    data: {
      none: null,
      yes: true,
      no: false,
      list: [],
      map: {},
      mixed: [null, true, "x", [], [1], { a: null }],
    },
  }),
  hard("values-in-context", "null and booleans in a context, and an empty part", ["COD-001"], {
    context: { "urn:orders": { none: null, yes: true, no: false }, "urn:empty": {} },
  }),
  {
    ...hard("lists-in-context", "lists and maps in a context", ["COD-001"], {
      context: { "urn:orders": { list: [1, [2]], map: { a: { b: null } } } },
    }),
    not: ["avro"],
  },
  {
    ...hard("bytes-in-data", "bytes", ["COD-001"], {
      data: { none: new Uint8Array(), some: new Uint8Array([0, 255, 128, 10]) },
    }),
    not: ["json"],
  },
  hard("nested-lists", "lists of 128 levels", ["REC-057"], {
    data: { deep: nested(127, (inner) => [inner]) },
  }),
  hard("nested-maps", "maps of 128 levels", ["REC-057"], {
    data: { deep: nested(127, (inner) => ({ in: inner })) },
  }),
  {
    ...hard("nested-context", "a context of 128 levels", ["REC-057"], {
      context: { "urn:orders": { deep: nested(127, (inner) => [inner]) } },
    }),
    not: ["avro"],
  },
  hard("date-epoch", "the date 1970-01-01T00:00:00Z", ["COD-001", "REC-039"], { date: 0n }),
  hard("date-before-1970", "the last millisecond before 1970", ["COD-001", "REC-039"], { date: -1n }),
  hard("date-1901", "a date of 1901 with milliseconds", ["COD-001", "REC-039"], { date: -2177452799001n }),
  hard("date-year-1", "the first millisecond of year 1", ["COD-001", "REC-033"], { date: -62135596800000n }),
  hard("date-year-9999", "the last millisecond of year 9999", ["COD-001", "REC-033"], {
    date: 253402300799999n,
  }),
  hard("protocol-later", "a record of a later minor version", ["VER-001", "REC-016"], {
    protocolVersion: "3.6.0",
    partitionKey: "",
    context: { "urn:orders": { order: 42 }, "urn:eventy:later": { x: 1 } },
    data: { order: 42 },
  }),
  hard("correlation-id-any", "a correlation id of any characters", ["REC-029", "REC-052"], {
    correlationId: " \t\u00e9 e\u0301\u0000\n",
  }),
  hard("versions", "pre-release and build parts of versions", ["REC-016", "REC-019", "VER-001", "VER-004"], {
    protocolVersion: "3.99.10-rc.1+sha.1",
    version: "10.20.30-alpha-1.0+001",
  }),
  hard("protocol-3.0.0", "the protocol version stays as it is", ["REC-016", "REC-019"], {
    protocolVersion: "3.0.0",
  }),
  hard("instance", "a source that names an instance", ["REC-012"], { source: "urn:payments:instance-1_A" }),
  hard("nil-uuid", "the nil UUID", ["REC-025"], { uuid: "00000000-0000-0000-0000-000000000000" }),
  hard("max-uuid", "a UUID of no variant", ["REC-025"], { uuid: "ffffffff-ffff-ffff-ffff-ffffffffffff" }),
  {
    ...hard("urn-dots", "URNs with full stops", ["REC-012"], {
      namespace: "urn:a.b",
      source: "urn:A.b:C%20\u00e9",
    }),
    readOnly: true,
  },
  {
    ...hard("urn-bare", "urn: and nothing else", ["REC-012"], {
      type: "RESPONSE",
      namespace: "urn:",
      source: "urn:",
      destination: "urn:",
    }),
    readOnly: true,
  },
  { ...hard("name-empty", "an empty name", ["REC-014"], { name: "" }), readOnly: true, not: ["avro"] },
  {
    ...hard("name-any", "a name of any characters", ["REC-014"], { name: "\ud83d\ude80 a:b" }),
    readOnly: true,
    not: ["avro"],
  },
  {
    ...hard("correlation-id-empty", "an empty correlation id", ["REC-029"], { correlationId: "" }),
    readOnly: true,
  },
  hard("example", "the record of the specification", ["COD-001"], {
    namespace: "urn:orders",
    name: "OrderPlaced",
    source: "urn:orders",
    uuid: "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
    correlationId: "c-1",
    context: { "urn:shop": { basket: 7 } },
    data: { order: 42, rate: 0.5 },
  }),
];
