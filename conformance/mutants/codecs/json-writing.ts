import { isLosslessNumber, LosslessNumber, stringify } from "lossless-json";
import type { Mutant } from "../../src/mutation/mutant.js";
import { stringValue } from "../../src/oracle/values.js";
import { breaking } from "../kit/breaking.js";
import { editJson, editText, fieldsOf } from "../kit/json.js";
import { valuesOf } from "../kit/values.js";
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
