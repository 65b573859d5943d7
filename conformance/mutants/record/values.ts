import { ErrorCode } from "../../src/gen/proto/eventy/v3/protocol_pb.js";
import type { Mutant } from "../../src/mutation/mutant.js";
import type { NeutralRecord } from "../../src/oracle/index.js";
import { stringValue, type Value, type ValueMap } from "../../src/oracle/values.js";
import { breaking } from "../kit/breaking.js";
import { editJson, editText, pruneJson } from "../kit/json.js";
import { editMessage } from "../kit/protobuf.js";
import { forgives, misreads, refuses } from "../kit/reading.js";
import { contextValues, dataOf, levelsOf, prune, valuesOf } from "../kit/values.js";
import { forgivesWriting, refusesToWrite, writesOther } from "../kit/writing.js";

const URN = /^urn:[A-Za-z0-9_-]+(:[A-Za-z0-9_-]+)*$/;
const MEGABYTES_4 = 4_000_000;

/** Changes each text among the values. */
function eachText(record: NeutralRecord, change: (text: string) => string): void {
  for (const value of valuesOf(record))
    if (value.kind.case === "string") value.kind = { case: "string", value: change(value.kind.value) };
}

/** Each map of a record: the data, the parts of the context, and those inside. */
function mapsOf(record: NeutralRecord): ValueMap[] {
  const inner = Array.from(valuesOf(record)).flatMap(({ kind }) => (kind.case === "map" ? [kind.value] : []));
  return [dataOf(record), ...record.context.flatMap(({ values }) => values ?? []), ...inner];
}

function dropKeys(record: NeutralRecord, isDropped: (key: string) => boolean): void {
  for (const map of mapsOf(record)) map.entries = map.entries.filter(({ key }) => !isDropped(key));
}

/** Puts texts in place of bytes. */
function bytesToTexts(values: Iterable<Value>): void {
  for (const value of values)
    if (value.kind.case === "bytes")
      value.kind = stringValue(Buffer.from(value.kind.value).toString("base64")).kind;
}

/** Mutants of section 2.8, texts, keys and bytes. */
export const textMutants: readonly Mutant[] = [
  ...breaking("REC-051", {
    "reads a lone surrogate as U+FFFD": forgives(
      "json",
      editText((text) => text.replace(/\\ud[89a-f][0-9a-f]{2}/gi, "\\ufffd")),
    ),
    "reads a lone surrogate in data": forgives("json", (bytes) =>
      Buffer.from(bytes.toString().replace(/\[("\\u(d[89a-f])..)+"]/gi, "[]")),
    ),
  }),
  ...breaking("REC-052", {
    "normalises texts": misreads("every", (record) => eachText(record, (text) => text.normalize())),
    "reads texts without the white space at their ends": misreads("every", (record) =>
      eachText(record, (text) => text.trim()),
    ),
    "reads texts up to U+0000": misreads("every", (record) =>
      eachText(record, (text) => text.split("\0")[0] ?? ""),
    ),
    "drops U+FEFF": writesOther("every", (record) =>
      eachText(record, (text) => text.replaceAll("\ufeff", "")),
    ),
    "writes a partition key without U+0000": writesOther("every", (record) => {
      if (record.partitionKey !== undefined) record.partitionKey = record.partitionKey.replaceAll("\0", "");
    }),
    "normalises keys": misreads("every", (record) => {
      for (const map of mapsOf(record)) for (const entry of map.entries) entry.key = entry.key.normalize();
    }),
    "normalises correlation ids": misreads("every", (record) => {
      record.correlationId = record.correlationId.normalize();
    }),
  }),
  ...breaking("REC-053", {
    "drops the key __proto__": misreads("every", (record) => dropKeys(record, (key) => key === "__proto__")),
    "drops the empty key": misreads("every", (record) => dropKeys(record, (key) => key === "")),
    "drops keys that every object of JavaScript has": misreads("every", (record) =>
      dropKeys(record, (key) => key in {}),
    ),
    "writes no __proto__": writesOther("every", (record) => dropKeys(record, (key) => key === "__proto__")),
  }),
  ...breaking("REC-054", {
    "refuses keys of a context that are no URNs": refuses("every", ({ context }) =>
      context.some(({ namespace }) => !URN.test(namespace)),
    ),
    "drops keys of a context that are no URNs": misreads("every", (record) => {
      record.context = record.context.filter(({ namespace }) => URN.test(namespace));
    }),
  }),
  ...breaking("REC-055", {
    "reads bytes of a context as texts": forgives(
      "protobuf",
      editMessage((record) => bytesToTexts(contextValues(record))),
    ),
    "reads bytes deep in a context": forgives(
      "protobuf",
      editMessage((record) => {
        for (const { values } of record.context)
          for (const { value } of values?.entries ?? [])
            if (value?.kind.case === "list") value.kind = stringValue("").kind;
      }),
    ),
    "writes bytes of a context": forgivesWriting("protobuf", (record) => bytesToTexts(contextValues(record))),
  }),
  ...breaking("REC-056", {
    "writes bytes in JSON as base64": forgivesWriting("json", (record) => bytesToTexts(valuesOf(record))),
    "writes lists and maps of a context in Avro as texts": forgivesWriting("avro", (record) => {
      for (const value of contextValues(record))
        if (value.kind.case === "list" || value.kind.case === "map") value.kind = stringValue("[]").kind;
    }),
    "drops data that the schema of Avro has no field for": forgivesWriting("avro", (record, { schema }) => {
      const map = dataOf(record);
      map.entries = map.entries.filter(({ key }) => schema.includes(`{"name":${JSON.stringify(key)}`));
    }),
  }),
];

/** Mutants of section 2.8, nesting and size. */
export const limitMutants: readonly Mutant[] = [
  ...breaking("REC-057", {
    "reads 127 levels": refuses("every", (record) => levelsOf(record) > 127, ErrorCode.LIMIT_EXCEEDED),
    "writes 127 levels": refusesToWrite(
      "every",
      (record) => levelsOf(record) > 127,
      ErrorCode.LIMIT_EXCEEDED,
    ),
    "reads a hundred messages of Protobuf inside one another": refuses(
      "protobuf",
      (record) => levelsOf(record) > 33,
      ErrorCode.LIMIT_EXCEEDED,
    ),
  }),
  ...breaking("REC-058", {
    "cuts JSON that is too deep": forgives(
      "json",
      editJson((fields) => pruneJson(fields, 128)),
    ),
    "cuts Protobuf that is too deep": forgives(
      "protobuf",
      editMessage((record) => prune(record, 128)),
    ),
    "bounds the levels of data, not of the context": forgives(
      "json",
      editJson((fields) => pruneJson(fields["context"], 128)),
    ),
  }),
  ...breaking("REC-059", {
    "writes in JSON what is too deep, cut": forgivesWriting("json", (record) => prune(record, 128)),
    "writes in Protobuf what is too deep, cut": forgivesWriting("protobuf", (record) => prune(record, 128)),
  }),
  ...breaking("REC-060", {
    "reads four megabytes at most": refuses(
      "every",
      (_, bytes) => bytes.length > MEGABYTES_4,
      ErrorCode.LIMIT_EXCEEDED,
    ),
    "writes four megabytes at most": refusesToWrite(
      "every",
      (_, bytes) => bytes.length > MEGABYTES_4,
      ErrorCode.LIMIT_EXCEEDED,
    ),
  }),
];
