import { isLosslessNumber, LosslessNumber, parse, stringify } from "lossless-json";
import type { Mutant } from "../../src/mutation/mutant.js";
import { doubleValue, integerValue, mapOf, stringValue } from "../../src/oracle/values.js";
import { breaking } from "../kit/breaking.js";
import { editJson, editText, fieldsOf, type JsonObject } from "../kit/json.js";
import { forgives, misreads, onDecode, readsOther, refuses } from "../kit/reading.js";
import { contextValues, valuesOf } from "../kit/values.js";
import { forgivesWriting, rewrites } from "../kit/writing.js";

/** Changes the number literals of a record in JSON. */
function editNumbers(change: (literal: string) => string): (bytes: Buffer) => Buffer {
  const descend = (json: unknown): unknown => {
    if (isLosslessNumber(json)) return new LosslessNumber(change(json.toString()));
    if (Array.isArray(json)) return json.map(descend);
    if (typeof json !== "object" || json === null) return json;
    return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, descend(value)]));
  };
  return editJson((fields) => {
    for (const key of ["context", "data"]) fields[key] = descend(fields[key]);
  });
}

function isWide(literal: string): boolean {
  return Math.abs(Number(literal)) >= 2 ** 53;
}

/** A JSON text in which the first of equal keys counts. */
function firstOfEqual(bytes: Buffer): Buffer {
  return Buffer.from(
    stringify(parse(bytes.toString(), null, { onDuplicateKey: ({ oldValue }) => oldValue })) ?? "",
  );
}

/** Mutants of section 3.2, writing. */
export const jsonWriterMutants: readonly Mutant[] = [
  ...breaking("COD-012", {
    "writes no nulls": rewrites(
      "json",
      editJson((fields) => {
        for (const key of Object.keys(fields)) if (fields[key] === null) delete fields[key];
      }),
    ),
    "writes data before context": rewrites(
      "json",
      editJson((fields) => {
        const { context } = fields;
        delete fields["context"];
        fields["context"] = context;
      }),
    ),
    "writes members in the order of their names": rewrites("json", (bytes) =>
      Buffer.from(stringify(Object.fromEntries(Object.entries(fieldsOf(bytes)).sort(byKey))) ?? ""),
    ),
    "writes no error_message of null": rewrites(
      "json",
      editJson((fields) => {
        if (fields["error_message"] === null) delete fields["error_message"];
      }),
    ),
  }),
  ...breaking("COD-013", {
    "writes a byte order mark": rewrites("json", (bytes) => Buffer.concat([Buffer.from("\ufeff"), bytes])),
    "writes UTF-16": rewrites("json", (bytes) => Buffer.from(bytes.toString(), "utf16le")),
    "writes Latin-1": rewrites("json", (bytes) => Buffer.from(bytes.toString(), "latin1")),
  }),
  ...breaking("COD-014", {
    "writes the type twice": rewrites(
      "json",
      editText((text) => text.replace("{", '{"type":"EVENT",')),
    ),
    "writes a key of data twice": rewrites(
      "json",
      editText((text) => text.replace('"data":{"order":', '"data":{"order":0,"order":')),
    ),
  }),
  ...breaking("COD-015", {
    "writes wide integers with a fraction": rewrites(
      "json",
      editNumbers((literal) => (isWide(literal) && /^-?\d+$/.test(literal) ? `${literal}.0` : literal)),
    ),
    "writes wide integers with an exponent": rewrites(
      "json",
      editNumbers((literal) => (isWide(literal) && /^-?\d+$/.test(literal) ? `${literal}e0` : literal)),
    ),
  }),
  ...breaking("COD-016", {
    "writes wide doubles as digits": rewrites(
      "json",
      editNumbers((literal) =>
        isWide(literal) && literal.includes("e") && Number(literal) < 1e21
          ? String(BigInt(Number(literal)))
          : literal,
      ),
    ),
  }),
  ...breaking("COD-017", {
    "writes doubles with 15 digits": rewrites(
      "json",
      editNumbers((literal) => (/[.e]/.test(literal) ? Number(literal).toPrecision(15) : literal)),
    ),
    "writes doubles as floats": rewrites(
      "json",
      editNumbers((literal) =>
        /[.]/.test(literal) && Math.abs(Number(literal)) < 1e38
          ? String(Math.fround(Number(literal)))
          : literal,
      ),
    ),
  }),
  ...breaking("COD-018", {
    "writes bytes as base64": forgivesWriting("json", (record) => {
      for (const value of valuesOf(record))
        if (value.kind.case === "bytes")
          value.kind = stringValue(Buffer.from(value.kind.value).toString("base64")).kind;
    }),
    "writes empty bytes as an empty text": forgivesWriting("json", (record) => {
      for (const value of valuesOf(record))
        if (value.kind.case === "bytes" && value.kind.value.length === 0) value.kind = stringValue("").kind;
    }),
  }),
];

function byKey([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : 1;
}

/** Mutants of section 3.2, reading. */
export const jsonReaderMutants: readonly Mutant[] = [
  ...breaking("COD-019", {
    "skips a byte order mark": readsText((text) => text.replace(/^\ufeff/, "")),
    "reads UTF-16": forgives("json", (bytes) => Buffer.from(bytes.toString("utf16le"))),
    "skips comments": readsText((text) => text.replace(/\/\*.*?\*\/|\/\/.*$/gm, "")),
    "takes trailing commas": readsText((text) => text.replace(/,\s*([}\]])/g, "$1")),
    "reads NaN and Infinity": readsText((text) => text.replace(/-?(NaN|Infinity)/g, "0")),
    "takes leading zeros": readsText((text) => text.replace(/(: -?)0+(?=\d)/g, "$1")),
    "takes control characters in strings": readsText((text) => text.replace(/\p{Cc}/gu, " ")),
    "takes a plus": readsText((text) => text.replace(/: \+/g, ": ")),
    "takes unknown escapes": readsText((text) => text.replace(/\\x/g, "x")),
    "takes white space that is not of JSON": readsText((text) => text.trim()),
    "takes numbers without an integer part": readsText((text) => text.replace(/: \./g, ": 0.")),
  }),
  ...breaking("COD-020", {
    "reads the record in a list": readsText((text) => text.replace(/^\[(.*)\]$/s, "$1")),
    "reads null as an empty record": readsText((text) => (text === "null" ? PLAIN : text)),
  }),
  ...breaking("COD-021", {
    "wants the type first": refuses("json", (_, bytes) => Object.keys(fieldsOf(bytes))[0] !== "type"),
    "wants data last": refuses("json", (_, bytes) => Object.keys(fieldsOf(bytes)).at(-1) !== "data"),
  }),
  ...breaking("COD-022", {
    "reads integer literals as doubles": misreads("json", (record) => {
      for (const value of valuesOf(record))
        if (value.kind.case === "integer") value.kind = doubleValue(Number(value.kind.value)).kind;
    }),
    "reads wide integer literals of a context as texts": misreads("json", (record) => {
      for (const value of contextValues(record))
        if (value.kind.case === "integer" && !Number.isSafeInteger(Number(value.kind.value)))
          value.kind = stringValue(String(value.kind.value)).kind;
    }),
  }),
  ...breaking("COD-023", {
    "reads a literal with an exponent as an integer if it is whole": misreads("json", (record) => {
      for (const value of valuesOf(record))
        if (
          value.kind.case === "double" &&
          Number.isInteger(value.kind.value) &&
          Math.abs(value.kind.value) < 2 ** 63
        )
          value.kind = integerValue(BigInt(value.kind.value)).kind;
    }),
    "reads twelve digits of a fraction": readsOther(
      "json",
      editText((text) => text.replace(/(\d\.\d{12})\d+/g, "$1")),
    ),
    "refuses an exponent in upper case": refuses("json", (_, bytes) => /\dE[+-]?\d/.test(bytes.toString())),
    "refuses doubles that are too small": refuses("json", (_, bytes) => /e-[3-9]\d\d/.test(bytes.toString())),
    "rounds halves up": misreads("json", (record, bytes) => {
      if (!bytes.includes("9007199254740993.0")) return;
      for (const value of valuesOf(record))
        if (value.kind.case === "double" && value.kind.value === 2 ** 53)
          value.kind = doubleValue(2 ** 53 + 2).kind;
    }),
  }),
  ...breaking("COD-024", {
    "takes the first of equal keys": readsOther("json", firstOfEqual),
    "takes the first of equal keys in data": readsOther("json", (bytes) => {
      const fields = {
        ...fieldsOf(bytes),
        data: (JSON.parse(firstOfEqual(bytes).toString()) as JsonObject)["data"],
      };
      return /[\d]{16}/.test(bytes.toString()) || fields.data === 5
        ? bytes
        : Buffer.from(stringify(fields) ?? "");
    }),
    "refuses equal keys": onDecode("json", (_, ask) => ask({ strict: true })),
    "merges parts of a context that stand twice": misreads("json", (record, bytes) => {
      for (const part of record.context) {
        const first = /\{"urn:a": (\{[^{}]*\})/.exec(bytes.toString())?.[1];
        if (first !== undefined && bytes.toString().split(`"${part.namespace}"`).length > 2)
          part.values = mapOf([
            ...Object.keys(JSON.parse(first)).map((key) => [key, integerValue(0n)] as const),
            ...(part.values?.entries ?? []).map(({ key, value = integerValue(0n) }) => [key, value] as const),
          ]);
      }
    }),
  }),
  ...breaking("COD-026", {
    "has a strict mode that is not strict": onDecode("json", (_, ask) => ask({ strict: false })),
    "is strict at the top level alone": onDecode("json", ({ bytes, strict }, ask) =>
      ask({ strict: strict && new Set(topKeys(bytes)).size < topKeys(bytes).length }),
    ),
    "is strict about keys that are spelled alike": onDecode("json", ({ bytes, strict }, ask) =>
      ask({ strict: strict && !/\\u00/.test(Buffer.from(bytes).toString()) }),
    ),
    "is not strict about unknown fields": onDecode("json", ({ bytes, strict }, ask) =>
      ask({ strict: strict && !Buffer.from(bytes).includes('"extra"') }),
    ),
  }),
];

const PLAIN = JSON.stringify({
  type: "EVENT",
  namespace: "urn:nothing",
  name: "Nothing",
  protocol_version: "3.5.0",
  version: "1.0.0",
  source: "urn:nothing",
  uuid: "00000000-0000-0000-0000-000000000000",
  correlation_id: "",
  partition_key: null,
  date_timestamp: 0,
  date_iso8601: "1970-01-01T00:00:00.000+00:00",
  context: {},
  data: {},
});

/** Reads JSON that is none, as text. */
function readsText(change: (text: string) => string): Mutant["mutate"] {
  return forgives("json", editText(change));
}

/** The keys of the outermost object, as often as they stand there. */
function topKeys(bytes: Uint8Array): readonly string[] {
  const [keys, text] = [[] as string[], Buffer.from(bytes).toString()];
  let depth = 0;
  for (const [token, key] of text.matchAll(/"((?:[^"\\]|\\.)*)"\s*:|"(?:[^"\\]|\\.)*"|[{}[\]]/g)) {
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
    else if (key !== undefined && depth === 1) keys.push(key);
  }
  return keys;
}
