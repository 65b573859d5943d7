import {
  decodeAvro,
  decodeJson,
  decodeProtobuf,
  decodeSingleObject,
  type EventySchema,
  encodeAvro,
  encodeJson,
  encodeProtobuf,
  encodeSingleObject,
  type NeutralRecord,
  Refusal,
} from "../oracle/index.js";
import type { Profile } from "./case.js";
import type { EncodingName } from "./golden/line.js";

/** An encoding that bytes can be in. */
export type Written = Exclude<EncodingName, "any">;

/** All encodings. */
export const ENCODINGS: readonly Written[] = ["json", "avro", "avro-single-object", "protobuf"];

/** Where the cases of an encoding belong. */
export interface Place {
  readonly profile: Profile;
  /** What the ids of its cases begin with. */
  readonly prefix: string;
  readonly capabilities: readonly string[];
}

/** Where the cases of each encoding belong. */
export const PLACES: { readonly [encoding in Written]: Place } = {
  json: { profile: "codec.json", prefix: "codec.json", capabilities: ["codec.json"] },
  avro: { profile: "codec.avro", prefix: "codec.avro", capabilities: ["codec.avro"] },
  "avro-single-object": {
    profile: "codec.avro",
    prefix: "codec.avro.single-object",
    capabilities: ["codec.avro", "codec.avro.single-object"],
  },
  protobuf: { profile: "codec.protobuf", prefix: "codec.protobuf", capabilities: ["codec.protobuf"] },
};

/** Decodes bytes with the oracle. */
export function oracleDecode(encoding: Written, bytes: Uint8Array, schema?: EventySchema): NeutralRecord {
  switch (encoding) {
    case "json":
      return decodeJson(bytes);
    case "avro":
      return decodeAvro(bytes);
    case "avro-single-object":
      return decodeSingleObject(bytes, needed(schema));
    case "protobuf":
      return decodeProtobuf(bytes);
  }
}

/** Encodes a record with the oracle. */
export function oracleEncode(encoding: Written, record: NeutralRecord, schema?: EventySchema): Uint8Array {
  switch (encoding) {
    case "json":
      return encodeJson(record);
    case "avro":
      return encodeAvro(record, needed(schema));
    case "avro-single-object":
      return encodeSingleObject(record, needed(schema));
    case "protobuf":
      return encodeProtobuf(record);
  }
}

function needed(schema: EventySchema | undefined): EventySchema {
  if (!schema) throw new Refusal("Avro needs a schema");
  return schema;
}
