import type { DecodeLine } from "../../src/cases/golden/line.js";
import type { NeutralRecord } from "../../src/oracle/index.js";
import { jsonFields } from "../../src/oracle/json/encode.js";
import { doubleValue } from "../../src/oracle/values.js";
import { base64, type Fields, recordJson, recordOf } from "./base.js";

/** Replaces fields of a record's JSON by other JSON texts, removes those that are undefined, adds new ones. */
function jsonText(
  record: NeutralRecord,
  changes: { readonly [name: string]: string | undefined } = {},
): string {
  const fields = new Map<string, string | undefined>([...jsonFields(record), ...Object.entries(changes)]);
  const members = Array.from(fields).filter(([, json]) => json !== undefined);
  return `{${members.map(([name, json]) => `${JSON.stringify(name)}: ${json}`).join(", ")}}`;
}

type Changes = { readonly [name: string]: string | undefined };
type Text = string | Uint8Array;

function bytes(text: Text): string {
  return base64(typeof text === "string" ? Buffer.from(text) : text);
}

function accept(
  id: string,
  title: string,
  requirements: string[],
  text: Text,
  fields: Fields | NeutralRecord,
): DecodeLine {
  const record = "$typeName" in fields ? fields : recordOf(fields as Fields);
  return { id, title, encoding: "json", bytes_base64: bytes(text), record: recordJson(record), requirements };
}

function refuse(id: string, title: string, requirements: string[], text: Text, code: string): DecodeLine {
  return { id, title, encoding: "json", bytes_base64: bytes(text), refuse: { code }, requirements };
}

const EVENT = recordOf({ data: { order: 42 } });
const RESPONSE = recordOf({ type: "RESPONSE", data: { order: 42 } });
const PLAIN = jsonText(EVENT);

function data(json: string): string {
  return jsonText(EVENT, { data: json });
}

function doubles(values: readonly number[]): Fields {
  return { data: Object.fromEntries(values.map((value, i) => [`v${i}`, doubleValue(value)])) };
}

function keyed(literals: readonly string[]): string {
  return data(`{${literals.map((literal, i) => `"v${i}": ${literal}`).join(", ")}}`);
}

const DATES: readonly [id: string, text: string, milliseconds: bigint][] = [
  ["none", "2024-02-29T10:34:56+00:00", 1709202896000n],
  ["1-digit", "2024-02-29T10:34:56.9+00:00", 1709202896900n],
  ["2-digits", "2024-02-29T10:34:56.98+00:00", 1709202896980n],
  ["4-digits", "2024-02-29T10:34:56.9876+00:00", 1709202896987n],
  ["5-digits", "2024-02-29T10:34:56.98765+00:00", 1709202896987n],
  ["6-digits", "2024-02-29T10:34:56.987999+00:00", 1709202896987n],
  ["7-digits", "2024-02-29T12:34:56.9999999+02:00", 1709202896999n],
  ["8-digits", "2024-02-29T10:34:56.00000001Z", 1709202896000n],
  ["9-digits", "2024-02-29T10:34:56.999999999Z", 1709202896999n],
  ["before-1970-digits", "1969-12-31T23:59:59.9999Z", -1n],
  ["1900", "1900-01-01T00:00:00.001999+00:00", -2208988799999n],
  ["offset-east", "1970-01-01T05:45:00+05:45", 0n],
  ["offset-west", "1969-12-31T12:00:00-12:00", 0n],
  ["offset-far", "1970-01-01T23:59:00+23:59", 0n],
  ["offset-minus-zero", "0001-01-01T00:00:00-00:00", -62135596800000n],
  ["year-1-offset", "0001-01-01T01:00:00+01:00", -62135596800000n],
  ["year-9999-digits", "9999-12-31T23:59:59.999999Z", 253402300799999n],
  ["year-9999-offset", "9999-12-31T22:59:59.999-01:00", 253402300799999n],
];

const BAD_DATES: readonly [id: string, text: string][] = [
  ["no-offset", "2024-02-29T10:34:56"],
  ["no-seconds", "2024-02-29T10:34Z"],
  ["no-time", "2024-02-29"],
  ["space", "2024-02-29 10:34:56+00:00"],
  ["lower-case", "2024-02-29t10:34:56z"],
  ["compact", "20240229T103456Z"],
  ["short-offset", "2024-02-29T10:34:56+00"],
  ["compact-offset", "2024-02-29T10:34:56+0000"],
  ["offset-hours", "2024-02-29T10:34:56+24:00"],
  ["offset-minutes", "2024-02-29T10:34:56+00:60"],
  ["10-digits", "2024-02-29T10:34:56.0123456789Z"],
  ["no-digits", "2024-02-29T10:34:56.Z"],
  ["comma", "2024-02-29T10:34:56,5Z"],
  ["no-such-day", "2023-02-29T10:34:56Z"],
  ["month-13", "2024-13-01T10:34:56Z"],
  ["month-0", "2024-00-01T10:34:56Z"],
  ["day-0", "2024-01-00T10:34:56Z"],
  ["hour-24", "2024-02-28T24:00:00Z"],
  ["minute-60", "2024-02-28T10:60:00Z"],
  ["second-60", "2016-12-31T23:59:60Z"],
  ["year-0", "0000-12-31T23:59:59Z"],
  ["before-year-1", "0001-01-01T00:00:00+01:00"],
  ["beyond-year-9999", "9999-12-31T23:59:59-00:01"],
  ["year-10000", "10000-01-01T00:00:00Z"],
  ["signed-year", "+002024-02-29T10:34:56Z"],
  ["leading-space", " 2024-02-29T10:34:56Z"],
  ["line-feed", "2024-02-29T10:34:56Z\n"],
  ["other-digits", "٢٠٢٤-02-29T10:34:56Z"],
  ["empty", ""],
  ["word", "yesterday"],
];

const UUIDS: readonly [id: string, text: string][] = [
  ["upper-case", "6BA7B810-9DAD-41D1-80B4-00C04FD430C8"],
  ["no-hyphens", "6ba7b8109dad41d180b400c04fd430c8"],
  ["braces", "{6ba7b810-9dad-41d1-80b4-00c04fd430c8}"],
  ["urn", "urn:uuid:6ba7b810-9dad-41d1-80b4-00c04fd430c8"],
  ["urn-braces", "urn:uuid:{6BA7B810-9DAD-41D1-80B4-00C04FD430C8}"],
  ["urn-upper-case", "URN:UUID:6ba7b8109dad41d180b400c04fd430c8"],
  ["odd-hyphens", "6b-a7b8109dad-41d180b400c04fd430-c8"],
];

const BAD_UUIDS: readonly [id: string, text: string][] = [
  ["empty", ""],
  ["word", "nope"],
  ["31-digits", "6ba7b810-9dad-41d1-80b4-00c04fd430c"],
  ["33-digits", "6ba7b810-9dad-41d1-80b4-00c04fd430c80"],
  ["letter-g", "6ba7b810-9dad-41d1-80b4-00c04fd430cg"],
  ["space", " 6ba7b810-9dad-41d1-80b4-00c04fd430c8"],
  ["one-brace", "{6ba7b810-9dad-41d1-80b4-00c04fd430c8"],
  ["other-digits", "٦ba7b810-9dad-41d1-80b4-00c04fd430c8"],
  ["signed", "+6ba7b8109dad41d180b400c04fd430c"],
  ["underscores", "6ba7b810_9dad_41d1_80b4_00c04fd430c8"],
];

const BAD_VERSIONS = [
  "",
  "1",
  "1.2",
  "v1.0.0",
  "01.0.0",
  "1.0.0-",
  "1.0.0-01",
  "1.0.0+",
  "1.0.0 ",
  "1.0.0.0",
  "-1.0.0",
];

/** What JSON texts are not, or are in spite of their looks. */
const SYNTAX: readonly [id: string, title: string, text: Text][] = [
  ["empty", "no bytes", ""],
  ["white-space", "white space alone", " \n"],
  ["trailing-brace", "a second closing brace", `${PLAIN}}`],
  ["trailing-record", "a second record", `${PLAIN}\n${PLAIN}`],
  ["trailing-zero", "a trailing zero byte", `${PLAIN}\u0000`],
  ["bom", "a byte order mark", `\ufeff${PLAIN}`],
  ["utf-16", "UTF-16", Buffer.from(PLAIN, "utf16le")],
  ["nan", "NaN", data('{"v": NaN}')],
  ["infinity", "Infinity", data('{"v": Infinity}')],
  ["minus-infinity", "-Infinity", data('{"v": -Infinity}')],
  ["comment", "a comment", data('{"v": 1 /* one */}')],
  ["trailing-comma", "a trailing comma in an object", data('{"v": 1,}')],
  ["trailing-comma-list", "a trailing comma in a list", data('{"v": [1,]}')],
  ["leading-zero", "a leading zero", data('{"v": 01}')],
  ["minus-leading-zero", "a leading zero after a minus", data('{"v": -01}')],
  ["plus", "a number with a plus", data('{"v": +1}')],
  ["no-integer-part", "a number without an integer part", data('{"v": .5}')],
  ["no-fraction", "a number without digits after its point", data('{"v": 1.}')],
  ["no-exponent", "a number without digits in its exponent", data('{"v": 1e}')],
  ["hexadecimal", "a hexadecimal number", data('{"v": 0x1}')],
  ["single-quotes", "single quotes", data("{'v': 1}")],
  ["bare-key", "a key without quotes", data("{v: 1}")],
  ["capital-true", "True", data('{"v": True}')],
  ["control-character", "a control character in a string", data('{"v": "a\tb"}')],
  ["line-feed-in-string", "a line feed in a string", data('{"v": "a\nb"}')],
  ["bad-escape", "an unknown escape", data('{"v": "\\x41"}')],
  ["short-escape", "a short escape", data('{"v": "\\u004"}')],
  ["non-breaking-space", "white space that JSON does not have", `\u00a0${PLAIN}`],
];

const NOT_UTF8: readonly [id: string, title: string, bytes: readonly number[]][] = [
  ["lone-continuation", "a continuation byte alone", [0x80]],
  ["cut-sequence", "a sequence cut short", [0xe2, 0x82]],
  ["overlong", "an overlong form", [0xc0, 0xaf]],
  ["overlong-nul", "an overlong U+0000", [0xc0, 0x80]],
  ["surrogate", "an encoded surrogate", [0xed, 0xa0, 0x80]],
  ["surrogate-pair", "an encoded pair of surrogates", [0xed, 0xa0, 0xbd, 0xed, 0xba, 0x80]],
  ["beyond-unicode", "a code point above U+10FFFF", [0xf4, 0x90, 0x80, 0x80]],
  ["ff", "the byte FF", [0xff]],
];

function splice(text: string, mark: string, inserted: readonly number[]): Uint8Array {
  const [before = "", after = ""] = text.split(mark);
  return Buffer.concat([Buffer.from(before), Buffer.from(inserted), Buffer.from(after)]);
}

const FIELDS = [
  "type",
  "namespace",
  "name",
  "protocol_version",
  "version",
  "source",
  "uuid",
  "correlation_id",
  "partition_key",
  "date_timestamp",
  "date_iso8601",
  "destination",
  "request_uuid",
  "ok",
  "error_code",
  "error_message",
  "context",
  "data",
];
const NULLABLE = ["partition_key", "error_code", "error_message"];

const WRONG_KINDS: readonly [field: string, ...json: string[]][] = [
  ["type", "1", "[]"],
  ["namespace", "5", '["urn:a"]'],
  ["name", "5", "{}"],
  ["protocol_version", "3"],
  ["version", "1.0"],
  ["source", "true"],
  ["uuid", "5"],
  ["correlation_id", "5"],
  ["partition_key", "5", "false", "[]"],
  ["date_timestamp", '"0"', "true", "1.5"],
  ["date_iso8601", "0"],
  ["destination", "5"],
  ["request_uuid", "5"],
  ["ok", '"yes"', "1", "0"],
  ["error_code", '"1"', "1.5", "2147483648", "-2147483649", "true"],
  ["error_message", "5"],
  ["context", "[]", '"x"', '{"urn:a": 1}', '{"urn:a": null}', '{"urn:a": []}'],
  ["data", "[]", '"x"', "5"],
];

/** Decode cases of JSON alone. */
export function jsonLines(): DecodeLine[] {
  const response = (changes: Changes) => jsonText(RESPONSE, changes);
  const known: Fields = { data: { order: 42 } };
  const reversed = `{${jsonFields(EVENT)
    .reverse()
    .map(([name, json]) => `"${name}":${json}`)
    .join()}}`;
  return [
    accept("member-order", "takes members in any order", ["COD-021"], reversed, known),
    accept("white-space", "takes white space between tokens", ["COD-003"], spaced(), known),
    accept(
      "unknown-fields",
      "ignores fields that it does not know",
      ["REC-006"],
      jsonText(EVENT, { shard: "7", "": "null", extra: '{"a": [1, {"b": null}]}', __proto: "{}" }),
      known,
    ),
    accept(
      "unknown-proto",
      "ignores a field named __proto__",
      ["REC-006", "REC-053"],
      PLAIN.replace("{", '{"__proto__": {"name": "polluted"}, "constructor": 1, '),
      known,
    ),
    accept(
      "duplicate-top",
      "the last of two top-level members counts",
      ["COD-024"],
      PLAIN.replace("{", '{"name": "First", "data": 5, '),
      known,
    ),
    accept(
      "duplicate-data",
      "the last of two keys in data counts",
      ["COD-024"],
      data('{"order": 1, "x": {"a": 1, "a": [], "a": 2}, "order": 42}'),
      { data: { order: 42, x: { a: 2 } } },
    ),
    accept(
      "duplicate-equal",
      "two equal members are one",
      ["COD-024"],
      data('{"order": 42, "order": 42}'),
      known,
    ),
    accept(
      "duplicate-escaped",
      "keys are compared after their escapes",
      ["COD-024"],
      data('{"order": 1, "\\u006frder": 42}'),
      known,
    ),
    accept(
      "duplicate-proto",
      "the last __proto__ counts",
      ["COD-024", "REC-053"],
      data('{"__proto__": 1, "__proto__": {"a": 1}}'),
      { data: new Map([["__proto__", { a: 1 }]]) },
    ),
    accept(
      "duplicate-context",
      "the last of two parts of a context counts, unmerged",
      ["COD-024"],
      jsonText(EVENT, { context: '{"urn:a": {"x": 1}, "urn:a": {"y": 2}}' }),
      { ...known, context: { "urn:a": { y: 2 } } },
    ),
    accept(
      "escapes",
      "resolves every escape",
      ["REC-052"],
      data('{"v": "\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u2028\\ud83d\\ude80\\uFFFF"}'),
      { data: { v: '"\\/\b\f\n\r\t\u0000\u2028\ud83d\ude80\uffff' } },
    ),
    accept(
      "number-forms",
      "reads every form of a double",
      ["COD-023"],
      keyed(["1.0", "1e0", "1E+2", "-0.0", "0.1", "1e-7", "123e-2", "1.7976931348623157e308"]),
      doubles([1, 1, 100, 0, 0.1, 1e-7, 1.23, Number.MAX_VALUE]),
    ),
    accept(
      "number-rounding",
      "reads the nearest double, ties to even",
      ["COD-023"],
      keyed([
        "9007199254740993.0",
        "9007199254740995e0",
        "0.1000000000000000055511151231257827021181583404541015625",
        "2.2250738585072011e-308",
        "1e-400",
        "4.9e-324",
      ]),
      doubles([9007199254740992, 9007199254740996, 0.1, 2.225073858507201e-308, 0, 5e-324]),
    ),
    accept(
      "number-wide",
      "an integer literal is an integer, one with an exponent a double",
      ["COD-022", "COD-023", "REC-046"],
      keyed(["1152921504606846976", "-0", "9007199254740993"]),
      { data: { v0: 2n ** 60n, v1: 0, v2: 2n ** 53n + 1n } },
    ),
    accept(
      "number-wide-double",
      "a literal with an exponent is a double beyond 2^53, too",
      ["COD-023", "REC-046"],
      keyed(["1152921504606846976.0", "1.152921504606846976e18", "1e21"]),
      doubles([2 ** 60, 2 ** 60, 1e21]),
    ),
    accept(
      "date-timestamp-differs",
      "the text counts where the dates differ",
      ["REC-036"],
      jsonText(EVENT, { date_timestamp: "1" }),
      known,
    ),
    accept(
      "date-timestamp-double",
      "a date_timestamp may be spelled as a double",
      ["REC-036", "REC-045"],
      jsonText(EVENT, { date_timestamp: "1709202896999.0" }),
      known,
    ),
    ...DATES.map(([id, text, date]) =>
      accept(
        `date-${id}`,
        `reads the date ${text}`,
        ["REC-033", "REC-035"],
        jsonText(EVENT, { date_iso8601: JSON.stringify(text) }),
        { ...known, date },
      ),
    ),
    ...BAD_DATES.map(([id, text]) =>
      refuse(
        `bad-date-${id}`,
        `refuses the date ${JSON.stringify(text)}`,
        ["REC-034"],
        jsonText(EVENT, { date_iso8601: JSON.stringify(text) }),
        "INVALID_RECORD",
      ),
    ),
    ...UUIDS.map(([id, text]) =>
      accept(
        `uuid-${id}`,
        `reads the uuid ${text}`,
        ["REC-022", "REC-023"],
        response({ uuid: JSON.stringify(text), request_uuid: JSON.stringify(text.replace(/6b/i, "f8")) }),
        { type: "RESPONSE", data: { order: 42 }, requestUuid: "f8a7b810-9dad-41d1-80b4-00c04fd430c8" },
      ),
    ),
    ...BAD_UUIDS.map(([id, text]) =>
      refuse(
        `bad-uuid-${id}`,
        `refuses the uuid ${JSON.stringify(text)}`,
        ["REC-024"],
        jsonText(EVENT, { uuid: JSON.stringify(text) }),
        "INVALID_RECORD",
      ),
    ),
    refuse(
      "bad-request-uuid",
      "refuses a request_uuid that is none",
      ["REC-024"],
      response({ request_uuid: '"zz"' }),
      "INVALID_RECORD",
    ),
    ...FIELDS.map((field) =>
      refuse(
        `missing-${field}`,
        `refuses a record without ${field}`,
        ["REC-001"],
        response({ [field]: undefined }),
        "INVALID_RECORD",
      ),
    ),
    ...FIELDS.filter((field) => !NULLABLE.includes(field)).map((field) =>
      refuse(
        `null-${field}`,
        `refuses a null ${field}`,
        ["REC-002"],
        response({ [field]: "null" }),
        "INVALID_RECORD",
      ),
    ),
    ...WRONG_KINDS.flatMap(([field, ...values]) =>
      values.map((json, i) =>
        refuse(
          `wrong-${field}-${i}`,
          `refuses ${json} as ${field}`,
          wrongKind(field, json),
          response({ [field]: json }),
          "INVALID_RECORD",
        ),
      ),
    ),
    ...["event", "EVENT ", "COMMAND", "", "RECORD_TYPE_EVENT"].map((type, i) =>
      refuse(
        `bad-type-${i}`,
        `refuses the type ${JSON.stringify(type)}`,
        ["REC-004"],
        jsonText(EVENT, { type: JSON.stringify(type) }),
        "INVALID_RECORD",
      ),
    ),
    ...["destination", "request_uuid", "ok", "error_code", "error_message"].map((field) =>
      refuse(
        `event-${field}`,
        `refuses an event with ${field}`,
        ["REC-005"],
        jsonText(EVENT, { [field]: new Map(jsonFields(RESPONSE)).get(field) }),
        "INVALID_RECORD",
      ),
    ),
    refuse(
      "request-destination",
      "refuses a request with destination",
      ["REC-005"],
      jsonText(recordOf({ type: "REQUEST" }), { destination: '"urn:orders"' }),
      "INVALID_RECORD",
    ),
    ...["namespace", "source", "destination"].flatMap((field) =>
      ["orders", "URN:orders", "", " urn:orders"].map((urn, i) =>
        refuse(
          `bad-${field}-${i}`,
          `refuses ${JSON.stringify(urn)} as ${field}`,
          ["REC-010"],
          response({ [field]: JSON.stringify(urn) }),
          "INVALID_RECORD",
        ),
      ),
    ),
    refuse(
      "destination-dot",
      "refuses a full stop in destination",
      ["REC-011"],
      response({ destination: '"urn:a.b"' }),
      "INVALID_RECORD",
    ),
    ...BAD_VERSIONS.map((version, i) =>
      refuse(
        `bad-version-${i}`,
        `refuses the version ${JSON.stringify(version)}`,
        ["REC-015"],
        jsonText(EVENT, { version: JSON.stringify(version) }),
        "INVALID_RECORD",
      ),
    ),
    ...["", "3", "3.4", "v3.0.0", "3.0.0.0"].map((version, i) =>
      refuse(
        `bad-protocol-version-${i}`,
        `refuses the protocol version ${JSON.stringify(version)}`,
        ["REC-015"],
        jsonText(EVENT, { protocol_version: JSON.stringify(version) }),
        "INVALID_RECORD",
      ),
    ),
    ...["0.1.0", "1.0.0", "2.9.9", "4.0.0", "4.0.0-alpha", "30.0.0"].map((version) =>
      refuse(
        `protocol-${version}`,
        `refuses protocol ${version}`,
        ["REC-017"],
        jsonText(EVENT, { protocol_version: JSON.stringify(version) }),
        "UNSUPPORTED_VERSION",
      ),
    ),
    refuse(
      "protocol-4-fields",
      "another major is unsupported whatever its fields are",
      ["REC-018"],
      '{"protocol_version": "4.0.0", "kind": 7}',
      "UNSUPPORTED_VERSION",
    ),
    refuse(
      "protocol-4-wrong-fields",
      "another major is unsupported whatever is wrong with its fields",
      ["REC-018"],
      response({ protocol_version: '"4.0.0"', uuid: "5", source: '"nobody"' }),
      "UNSUPPORTED_VERSION",
    ),
    ...SYNTAX.map(([id, title, text]) =>
      refuse(`syntax-${id}`, `refuses ${title}`, syntaxRequirement(id), text, "MALFORMED"),
    ),
    ...NOT_UTF8.map(([id, title, inserted]) =>
      refuse(
        `utf-8-${id}`,
        `refuses ${title} in a string`,
        ["COD-004"],
        splice(data('{"v": "a@b"}'), "@", inserted),
        "MALFORMED",
      ),
    ),
    ...["null", "true", "5", '"text"', "[]", `[${PLAIN}]`].map((text, i) =>
      refuse(
        `not-object-${i}`,
        `refuses ${text.slice(0, 8)} as a record`,
        ["COD-020"],
        text,
        "INVALID_RECORD",
      ),
    ),
    ...["\\ud800", "\\udc00", "\\ude80\\ud83d", "a\\ud83d"].map((text, i) =>
      refuse(
        `surrogate-${i}`,
        `refuses a lone surrogate (${text}) in a string`,
        ["REC-051"],
        data(`{"v": ["${text}"]}`),
        "INVALID_RECORD",
      ),
    ),
    refuse(
      "surrogate-key",
      "refuses a lone surrogate in a key",
      ["REC-051"],
      data('{"v": {"\\ud800": 1}}'),
      "INVALID_RECORD",
    ),
    refuse(
      "surrogate-field",
      "refuses a lone surrogate in a field",
      ["REC-051"],
      jsonText(EVENT, { correlation_id: '"\\udc00"' }),
      "INVALID_RECORD",
    ),
    refuse(
      "surrogate-context",
      "refuses a lone surrogate in a key of the context",
      ["REC-051"],
      jsonText(EVENT, { context: '{"\\ud800": {}}' }),
      "INVALID_RECORD",
    ),
    ...["1e400", "-1e400", "1e99999"].map((literal, i) =>
      refuse(`infinite-${i}`, `refuses ${literal}`, ["REC-049"], data(`{"v": ${literal}}`), "INVALID_RECORD"),
    ),
    refuse(
      "infinite-context",
      "refuses 1e400 in a context",
      ["REC-049"],
      jsonText(EVENT, { context: '{"urn:a": {"v": 1e400}}' }),
      "INVALID_RECORD",
    ),
    ...unknownFieldRefusals(),
    ...nestingRefusals(),
    ...strictLines(),
    {
      ...accept("recognised", "recognises JSON by its first bytes", ["COD-008"], PLAIN, known),
      encoding: "any",
    },
    {
      ...accept(
        "recognised-after-space",
        "recognises JSON behind white space",
        ["COD-008"],
        `\n\t ${PLAIN}`,
        known,
      ),
      encoding: "any",
    },
    ...["", "[]", "\ufeff{}", "nonsense", "\u0000", "Ob"].map(
      (text, i): DecodeLine => ({
        ...refuse(
          `unrecognised-${i}`,
          `recognises no encoding in ${JSON.stringify(text)}`,
          ["COD-009"],
          text,
          "UNKNOWN_ENCODING",
        ),
        encoding: "any",
      }),
    ),
  ];
}

function spaced(): string {
  const members = jsonFields(EVENT).map(([name, json]) => `${JSON.stringify(name)}\t:\r\n ${json}`);
  return ` \r\n\t{ ${members.join(" ,\n")} } \n\n`;
}

function wrongKind(field: string, json: string): string[] {
  if (field === "date_timestamp") return ["REC-037"];
  return field === "error_code" && /^-?[\d.]+$/.test(json) ? ["REC-041"] : ["REC-003"];
}

function syntaxRequirement(id: string): string[] {
  if (id === "empty" || id === "white-space") return ["COD-002"];
  return id.startsWith("trailing-") && !id.includes("comma") ? ["COD-003"] : ["COD-019"];
}

function unknownFieldRefusals(): DecodeLine[] {
  const values: [string, string, string, string][] = [
    ["surrogate", "a lone surrogate", '"\\ud800"', "INVALID_RECORD"],
    ["infinite", "1e400", "[1e400]", "INVALID_RECORD"],
    ["nesting", "lists of 129 levels", `${"[".repeat(129)}${"]".repeat(129)}`, "LIMIT_EXCEEDED"],
  ];
  return values.map(([id, title, json, code]) =>
    refuse(
      `unknown-${id}`,
      `refuses an unknown field with ${title}`,
      ["REC-008"],
      jsonText(EVENT, { extra: json }),
      code,
    ),
  );
}

function nestingRefusals(): DecodeLine[] {
  const lists = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
  const maps = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
  const texts: [string, string][] = [
    ["lists", data(`{"v": ${lists(128)}}`)],
    ["maps", data(`{"v": ${maps(128)}}`)],
    ["context", jsonText(EVENT, { context: `{"urn:a": {"v": ${lists(128)}}}` })],
    ["far", data(`{"v": ${lists(5000)}}`)],
  ];
  return texts.map(([id, text]) =>
    refuse(`nesting-${id}`, `refuses more than 128 levels (${id})`, ["REC-058"], text, "LIMIT_EXCEEDED"),
  );
}

function strictLines(): DecodeLine[] {
  const texts: [string, string][] = [
    ["top", PLAIN.replace("{", '{"name": "Charge", ')],
    ["data", data('{"order": 1, "order": 2}')],
    ["deep", data('{"a": [{"b": 1, "b": 1}]}')],
    ["context", jsonText(EVENT, { context: '{"urn:a": {}, "urn:a": {}}' })],
    ["escaped", data('{"order": 1, "\\u006frder": 2}')],
    ["unknown", jsonText(EVENT, { extra: '{"a": 1, "a": 1}' })],
  ];
  return [
    {
      ...accept(
        "strict",
        "a strict reader takes a record without duplicates",
        ["COD-026"],
        data('{"a": {"b": 1}, "b": {"b": 1}}'),
        { data: { a: { b: 1 }, b: { b: 1 } } },
      ),
      strict: true,
    },
    ...texts.map(
      ([id, text]): DecodeLine => ({
        ...refuse(
          `strict-${id}`,
          `a strict reader refuses a duplicate key (${id})`,
          ["COD-026"],
          text,
          "MALFORMED",
        ),
        strict: true,
      }),
    ),
  ];
}
