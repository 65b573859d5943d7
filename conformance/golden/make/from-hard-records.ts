import type { DecodeLine, EncodeLine } from "../../src/cases/golden/line.js";
import { inferFields } from "../../src/oracle/avro/infer.js";
import {
  type EventySchema,
  encodeAvro,
  encodeJson,
  encodeProtobuf,
  encodeSingleObject,
  type NeutralRecord,
} from "../../src/oracle/index.js";
import { base64, recordJson, schemaOf } from "./base.js";
import { HARD_RECORDS, type HardRecord } from "./hard-records.js";

type Family = "json" | "avro" | "protobuf";

function records(family: Family): HardRecord[] {
  return HARD_RECORDS.filter(({ not }) => !not?.includes(family));
}

function decode(
  hard: HardRecord,
  encoding: DecodeLine["encoding"],
  bytes: Uint8Array,
  schema?: EventySchema,
): DecodeLine {
  return {
    id: hard.id,
    title: `reads ${hard.title}`,
    encoding,
    bytes_base64: base64(bytes),
    ...(schema ? { schema } : {}),
    record: recordJson(hard.record),
    requirements: [...hard.requirements, ...(READING[`${encoding}/${hard.id}`] ?? [])],
  };
}

/** Requirements of one encoding that reading a hard record shows, too. */
const READING: { readonly [id: string]: readonly string[] } = {
  "json/integers-in-data": ["COD-022"],
  "json/integers-in-context": ["COD-022"],
};

/** Requirements of one encoding that writing a hard record shows, too. */
const WRITING: { readonly [id: string]: readonly string[] } = {
  "json/integers-in-data": ["COD-015"],
  "json/integers-in-context": ["COD-015"],
  "json/wide-doubles": ["COD-016"],
  "json/doubles-in-data": ["COD-017"],
  "json/doubles-in-context": ["COD-017"],
  "protobuf/integers-in-data": ["COD-069"],
  "protobuf/wide-doubles": ["COD-069"],
  "protobuf/partition-key-null": ["COD-064"],
  "protobuf/partition-key-empty": ["COD-064"],
  "protobuf/plain-response": ["COD-064"],
  "protobuf/response-error-zero": ["COD-064"],
};

function encode(hard: HardRecord, encoding: EncodeLine["encoding"], schema?: EventySchema): EncodeLine {
  return {
    id: hard.id,
    title: `writes ${hard.title}`,
    encoding,
    record: recordJson(hard.record),
    ...(schema ? { schema } : {}),
    requirements: [...hard.requirements, ...(WRITING[`${encoding}/${hard.id}`] ?? [])],
  };
}

/** The schema that the hard record is read and written with. */
function schema(record: NeutralRecord): EventySchema {
  return schemaOf(record, inferFields(record));
}

/** Each hard record in JSON. */
export function jsonDecodes(): DecodeLine[] {
  return records("json").map((hard) => decode(hard, "json", encodeJson(hard.record)));
}

/** Each hard record in Avro container files. */
export function avroDecodes(): DecodeLine[] {
  return records("avro").map((hard) => decode(hard, "avro", encodeAvro(hard.record, schema(hard.record))));
}

/** Each hard record in single objects. */
export function singleObjectDecodes(): DecodeLine[] {
  return records("avro").map((hard) => {
    const own = schema(hard.record);
    return decode(hard, "avro-single-object", encodeSingleObject(hard.record, own), own);
  });
}

/** Each hard record in Protobuf. */
export function protobufDecodes(): DecodeLine[] {
  return records("protobuf").map((hard) => decode(hard, "protobuf", encodeProtobuf(hard.record)));
}

/** Each hard record, to be written in an encoding. */
export function encodes(encoding: EncodeLine["encoding"]): EncodeLine[] {
  const family = encoding === "avro-single-object" ? "avro" : encoding;
  return records(family)
    .filter((hard) => !hard.readOnly)
    .map((hard) => encode(hard, encoding, family === "avro" ? schema(hard.record) : undefined));
}
