import { parse, stringify } from "lossless-json";
import type { Mutant } from "../../src/mutation/mutant.js";
import { doubleValue, integerValue, mapOf, stringValue } from "../../src/oracle/values.js";
import { breaking } from "../kit/breaking.js";
import { editText, fieldsOf, type JsonObject } from "../kit/json.js";
import { forgives, misreads, onDecode, readsOther, refuses } from "../kit/reading.js";
import { asDoubles, asIntegers, contextValues, valuesOf } from "../kit/values.js";

/** A JSON text in which the first of equal keys counts. */
function firstOfEqual(bytes: Buffer): Buffer {
  return Buffer.from(
    stringify(parse(bytes.toString(), null, { onDuplicateKey: ({ oldValue }) => oldValue })) ?? "",
  );
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
    "reads integer literals as doubles": misreads("json", (record) => asDoubles(valuesOf(record))),
    "reads wide integer literals of a context as texts": misreads("json", (record) => {
      for (const value of contextValues(record))
        if (value.kind.case === "integer" && !Number.isSafeInteger(Number(value.kind.value)))
          value.kind = stringValue(String(value.kind.value)).kind;
    }),
  }),
  ...breaking("COD-023", {
    "reads a literal with an exponent as an integer if it is whole": misreads("json", (record) =>
      asIntegers(valuesOf(record)),
    ),
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
