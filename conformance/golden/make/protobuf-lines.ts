import { create } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { AnySchema } from "@bufbuild/protobuf/wkt";
import type { DecodeLine } from "../../src/cases/golden/line.js";
import { RecordType } from "../../src/gen/proto/eventy/v3/options_pb.js";
import { encodeProtobuf, type NeutralRecord } from "../../src/oracle/index.js";
import { doubleValue, type Plain } from "../../src/oracle/values.js";
import { base64, type Fields, recordJson, recordOf } from "./base.js";
import { nested } from "./hard-records.js";

const PLAIN = recordOf({ data: { order: 42 } });
const BYTES = encodeProtobuf(PLAIN);
/** Field numbers of the record. */
const PARTITION_KEY = 9;
const CONTEXT = 16;
const DATA = 17;

function accept(
  id: string,
  title: string,
  requirements: string[],
  bytes: Uint8Array,
  record: NeutralRecord | Fields,
): DecodeLine {
  const expected = "$typeName" in record ? record : recordOf(record);
  return {
    id,
    title,
    encoding: "protobuf",
    bytes_base64: base64(bytes),
    record: recordJson(expected),
    requirements,
  };
}

function refuse(
  id: string,
  title: string,
  requirements: string[],
  bytes: Uint8Array,
  code: string,
): DecodeLine {
  return { id, title, encoding: "protobuf", bytes_base64: base64(bytes), refuse: { code }, requirements };
}

function join(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** One length-delimited field. */
function field(number: number, content: Uint8Array | string): Uint8Array {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  return new BinaryWriter().tag(number, WireType.LengthDelimited).bytes(bytes).finish();
}

/** The plain record, but for properties of the message. */
function altered(change: (record: NeutralRecord) => void, fields: Fields = {}): Uint8Array {
  const record = recordOf(fields);
  change(record);
  return encodeProtobuf(record);
}

/** A record without payload, and these entries of data in bytes. */
function withData(...entries: Uint8Array[]): Uint8Array {
  return join(
    altered((record) => {
      record.payload = { case: undefined };
    }),
    field(DATA, join(...entries.map((entry) => field(1, entry)))),
  );
}

/** The bytes of an entry: a key and a value. */
function entry(key: string, value: Uint8Array | undefined): Uint8Array {
  return join(field(1, key), ...(value ? [field(2, value)] : []));
}

/** The bytes of a value: its one field. */
function integer(value: number): Uint8Array {
  return new BinaryWriter().tag(3, WireType.Varint).sint64(value).finish();
}

function reversed(): Uint8Array {
  const response = recordOf({ type: "RESPONSE", data: { order: 42 } });
  const tail = altered(
    (record) => {
      record.type = RecordType.UNSPECIFIED;
      record.payload = response.payload;
    },
    { type: "RESPONSE" },
  );
  return join(tail, new BinaryWriter().tag(1, WireType.Varint).int32(3).finish());
}

function unknownFields(): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1000, WireType.Varint).uint64("18446744073709551615");
  writer.tag(1001, WireType.Bit64).fixed64(7n);
  writer.tag(1002, WireType.Bit32).fixed32(7);
  writer.tag(1003, WireType.LengthDelimited).string("unknown");
  writer.tag(1004, WireType.StartGroup).tag(1, WireType.Varint).int32(1).tag(1004, WireType.EndGroup);
  return writer.finish();
}

/** Decode cases of Protobuf alone. */
export function protobufLines(): DecodeLine[] {
  return [...valid(), ...invalidRecords(), ...invalidValues(), ...malformed()];
}

function valid(): DecodeLine[] {
  const known: Fields = { data: { order: 42 } };
  const bare = altered((record) => {
    record.payload = { case: undefined };
  });
  return [
    {
      ...accept("recognised", "recognises Protobuf by its first byte", ["COD-008"], BYTES, PLAIN),
      encoding: "any",
    },
    {
      ...refuse(
        "unrecognised",
        "does not recognise Protobuf that does not begin with the type",
        ["COD-009"],
        reversed(),
        "UNKNOWN_ENCODING",
      ),
      encoding: "any",
    },
    accept("field-order", "takes the fields in any order", ["COD-063"], reversed(), {
      type: "RESPONSE",
      ...known,
    }),
    accept(
      "unknown-fields",
      "ignores fields that it does not know",
      ["REC-006"],
      join(BYTES, unknownFields()),
      PLAIN,
    ),
    accept("no-payload", "takes no payload as empty data", ["COD-065"], bare, {}),
    accept(
      "empty-partition-key",
      "an empty partition key that is written is not null",
      ["REC-032"],
      join(
        altered((record) => {
          delete record.partitionKey;
        }),
        field(PARTITION_KEY, ""),
      ),
      { partitionKey: "" },
    ),
    accept(
      "duplicate-keys",
      "takes the last of equal keys",
      ["COD-066"],
      withData(entry("a", integer(1)), entry("b", integer(2)), entry("a", integer(3))),
      { data: { a: 3, b: 2 } },
    ),
    accept(
      "duplicate-context",
      "takes the last of equal context entries, unmerged",
      ["COD-066"],
      join(
        bare,
        field(CONTEXT, join(field(1, "urn:a"), field(2, field(1, entry("x", integer(1)))))),
        field(CONTEXT, join(field(1, "urn:a"), field(2, field(1, entry("y", integer(2)))))),
      ),
      { context: { "urn:a": { y: 2 } } },
    ),
    accept(
      "context-without-values",
      "takes a context entry without values as an empty part",
      ["COD-067"],
      join(bare, field(CONTEXT, field(1, "urn:a"))),
      { context: { "urn:a": {} } },
    ),
    accept(
      "key-absent",
      "takes an entry without a key as one with the empty key",
      ["REC-053"],
      withData(field(2, integer(1))),
      { data: { "": 1 } },
    ),
    accept(
      "integer-below-2-53",
      "an integer and a double below 2^53 are one value",
      ["REC-045"],
      encodeProtobuf(recordOf({ data: { v: doubleValue(7) } })),
      { data: { v: 7 } },
    ),
    accept(
      "defaults",
      "takes what is not set as its default",
      ["REC-014", "REC-029", "COD-065"],
      altered(
        (record) => {
          record.name = "";
          record.correlationId = "";
          record.date = 0n;
          record.payload = { case: undefined };
          record.ok = false;
        },
        { type: "RESPONSE", partitionKey: null },
      ),
      { type: "RESPONSE", name: "", correlationId: "", date: 0n, ok: false, partitionKey: null },
    ),
    accept(
      "uuid-spelling",
      "reads other spellings of a uuid",
      ["REC-022", "REC-023"],
      altered((record) => {
        record.uuid = "urn:uuid:{6BA7B8109DAD41D180B400C04FD430C8}";
      }, known),
      PLAIN,
    ),
  ];
}

function invalidRecords(): DecodeLine[] {
  const event: [
    id: string,
    requirement: string,
    title: string,
    change: (record: NeutralRecord) => void,
    code?: string,
  ][] = [
    [
      "type-unset",
      "REC-004",
      "no type",
      (record) => {
        record.type = RecordType.UNSPECIFIED;
      },
    ],
    [
      "type-4",
      "REC-004",
      "an unknown type",
      (record) => {
        record.type = 4 as RecordType;
      },
    ],
    [
      "namespace-unset",
      "REC-010",
      "no namespace",
      (record) => {
        record.namespace = "";
      },
    ],
    [
      "source-upper-case",
      "REC-010",
      "a source that begins with URN:",
      (record) => {
        record.source = "URN:a";
      },
    ],
    [
      "version-unset",
      "REC-015",
      "no version",
      (record) => {
        record.version = "";
      },
    ],
    [
      "version-short",
      "REC-015",
      "the version 1.2",
      (record) => {
        record.version = "1.2";
      },
    ],
    [
      "protocol-version-unset",
      "REC-015",
      "no protocol version",
      (record) => {
        record.protocolVersion = "";
      },
    ],
    [
      "protocol-2",
      "REC-017",
      "protocol 2.0.0",
      (record) => {
        record.protocolVersion = "2.0.0";
      },
      "UNSUPPORTED_VERSION",
    ],
    [
      "protocol-4",
      "REC-017",
      "protocol 4.0.0",
      (record) => {
        record.protocolVersion = "4.0.0";
      },
      "UNSUPPORTED_VERSION",
    ],
    [
      "protocol-4-fields",
      "REC-018",
      "protocol 4.0.0 whatever its fields are",
      (record) => {
        record.protocolVersion = "4.0.0";
        record.uuid = "nope";
        record.type = 9 as RecordType;
      },
      "UNSUPPORTED_VERSION",
    ],
    [
      "uuid-unset",
      "REC-024",
      "no uuid",
      (record) => {
        record.uuid = "";
      },
    ],
    [
      "uuid-word",
      "REC-024",
      "a uuid that is none",
      (record) => {
        record.uuid = "nope";
      },
    ],
    [
      "date-early",
      "REC-040",
      "a date before year 1",
      (record) => {
        record.date = -62135596800001n;
      },
    ],
    [
      "date-late",
      "REC-040",
      "a date after year 9999",
      (record) => {
        record.date = 253402300800000n;
      },
    ],
    [
      "date-far",
      "REC-040",
      "the date -2^63",
      (record) => {
        record.date = -(2n ** 63n);
      },
    ],
    [
      "event-destination",
      "REC-005",
      "an event with destination",
      (record) => {
        record.destination = "urn:a";
      },
    ],
    [
      "event-request-uuid",
      "REC-005",
      "an event with request_uuid",
      (record) => {
        record.requestUuid = record.uuid;
      },
    ],
    [
      "event-ok",
      "REC-005",
      "an event with ok",
      (record) => {
        record.ok = true;
      },
    ],
    [
      "event-error-code",
      "REC-005",
      "an event with error_code",
      (record) => {
        record.errorCode = 0;
      },
    ],
    [
      "event-error-message",
      "REC-005",
      "an event with error_message",
      (record) => {
        record.errorMessage = "";
      },
    ],
    [
      "message",
      "COD-071",
      "a message of an unknown type",
      (record) => {
        record.payload = {
          case: "message",
          value: create(AnySchema, { typeUrl: "type.example.com/example.NoSuchType" }),
        };
      },
      "UNKNOWN_SCHEMA",
    ],
  ];
  const response: typeof event = [
    [
      "destination-unset",
      "REC-010",
      "no destination",
      (record) => {
        record.destination = "";
      },
    ],
    [
      "destination-dot",
      "REC-011",
      "a full stop in destination",
      (record) => {
        record.destination = "urn:a.b";
      },
    ],
    [
      "request-uuid-unset",
      "REC-024",
      "no request_uuid",
      (record) => {
        record.requestUuid = "";
      },
    ],
  ];
  return [
    ...event.map(([id, requirement, title, change, code = "INVALID_RECORD"]) =>
      refuse(id, `refuses ${title}`, [requirement], altered(change), code),
    ),
    ...response.map(([id, requirement, title, change, code = "INVALID_RECORD"]) =>
      refuse(id, `refuses ${title}`, [requirement], altered(change, { type: "RESPONSE" }), code),
    ),
  ];
}

function invalidValues(): DecodeLine[] {
  const doubles = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const deep = (levels: number): Plain => nested(levels, (inner) => [inner]);
  const context = (part: Plain) =>
    altered((record) => {
      record.context = recordOf({ context: { "urn:a": { v: part } } }).context;
    });
  return [
    ...doubles.map((double) =>
      refuse(
        `double-${double}`,
        `refuses ${double}`,
        ["REC-049"],
        encodeProtobuf(recordOf({ data: { v: doubleValue(double) } })),
        "INVALID_RECORD",
      ),
    ),
    refuse("context-nan", "refuses NaN in a context", ["REC-049"], context(Number.NaN), "INVALID_RECORD"),
    refuse(
      "context-bytes",
      "refuses bytes in a context",
      ["REC-055"],
      context(new Uint8Array([1])),
      "INVALID_RECORD",
    ),
    refuse(
      "context-bytes-deep",
      "refuses bytes deep in a context",
      ["REC-055"],
      context([{ a: new Uint8Array() }]),
      "INVALID_RECORD",
    ),
    refuse(
      "value-without-kind",
      "refuses a value without a kind",
      ["COD-068"],
      withData(entry("a", new Uint8Array())),
      "INVALID_RECORD",
    ),
    refuse(
      "value-unknown-kind",
      "refuses a value of an unknown kind",
      ["COD-068"],
      withData(entry("a", field(15, "x"))),
      "INVALID_RECORD",
    ),
    refuse(
      "entry-without-value",
      "refuses an entry without a value",
      ["COD-068"],
      withData(entry("a", undefined)),
      "INVALID_RECORD",
    ),
    refuse(
      "list-item-without-kind",
      "refuses an item of a list without a kind",
      ["COD-068"],
      withData(entry("a", field(7, field(1, new Uint8Array())))),
      "INVALID_RECORD",
    ),
    refuse(
      "nesting-lists",
      "refuses lists of 129 levels",
      ["REC-058"],
      encodeProtobuf(recordOf({ data: { v: deep(128) } })),
      "LIMIT_EXCEEDED",
    ),
    refuse(
      "nesting-maps",
      "refuses maps of 129 levels",
      ["REC-058"],
      encodeProtobuf(recordOf({ data: { v: nested(128, (a) => ({ a })) } })),
      "LIMIT_EXCEEDED",
    ),
    refuse(
      "nesting-context",
      "refuses a context of 129 levels",
      ["REC-058"],
      context(deep(128)),
      "LIMIT_EXCEEDED",
    ),
  ];
}

function malformed(): DecodeLine[] {
  const cases: [id: string, title: string, requirement: string, ...bytes: Uint8Array[]][] = [
    ["tag-zero", "field number 0", "COD-070", BYTES, new Uint8Array([0x02, 0x00])],
    ["wire-type-6", "wire type 6", "COD-070", BYTES, new Uint8Array([0xa6, 0x06])],
    ["wire-type-7", "wire type 7", "COD-070", BYTES, new Uint8Array([0xa7, 0x06])],
    [
      "varint-long",
      "a variable-length integer of 11 bytes",
      "COD-070",
      BYTES,
      new Uint8Array([0xa0, 0x06]),
      new Uint8Array(10).fill(0x80),
      new Uint8Array([0x01]),
    ],
    [
      "length-beyond",
      "a length beyond the end",
      "COD-070",
      BYTES,
      new Uint8Array([0xa2, 0x06, 0xff, 0xff, 0xff, 0xff, 0x07, 0x00]),
    ],
    [
      "length-one-beyond",
      "a length one beyond the end",
      "COD-070",
      BYTES,
      new Uint8Array([0xa2, 0x06, 0x02, 0x00]),
    ],
    [
      "inner-length-beyond",
      "a length beyond the end of an inner message",
      "COD-070",
      BYTES,
      field(CONTEXT, new Uint8Array([0x0a, 0x05, 0x75])),
    ],
    ["group-open", "a group that does not end", "COD-070", BYTES, new Uint8Array([0xa3, 0x06, 0x08, 0x01])],
    ["group-end", "the end of a group that did not begin", "COD-070", BYTES, new Uint8Array([0xa4, 0x06])],
    ["cut-tag", "a tag that is cut short", "COD-002", BYTES, new Uint8Array([0xa0])],
    [
      "cut-fixed",
      "a fixed number that is cut short",
      "COD-002",
      BYTES,
      new Uint8Array([0xa1, 0x06, 1, 2, 3]),
    ],
    ["utf-8", "a text that is not UTF-8", "COD-004", BYTES, field(3, new Uint8Array([0xff]))],
    [
      "utf-8-surrogate",
      "an encoded surrogate",
      "COD-004",
      BYTES,
      field(PARTITION_KEY, new Uint8Array([0xed, 0xa0, 0x80])),
    ],
    [
      "utf-8-key",
      "a key that is not UTF-8",
      "COD-004",
      withData(join(field(1, new Uint8Array([0xc0, 0x80])), field(2, integer(1)))),
    ],
  ];
  return cases.map(([id, title, requirement, ...bytes]) =>
    refuse(id, `refuses ${title}`, [requirement], join(...bytes), "MALFORMED"),
  );
}
