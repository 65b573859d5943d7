import type { JsonValue } from "@bufbuild/protobuf";
import type { EventySchema } from "../../oracle/index.js";

/** An encoding, as golden files name it; `any` leaves it to the reader to recognise it. */
export type EncodingName = "json" | "avro" | "avro-single-object" | "protobuf" | "any";

/** What every line of a golden file has. */
export interface Line {
  /** Unique, and the last part of the id of its case. */
  readonly id: string;
  /** What must hold. */
  readonly title: string;
  readonly requirements: readonly string[];
  /** The error that must be reported; without it, what the line holds is valid. */
  readonly refuse?: { readonly code: string; readonly path?: string };
}

/** Bytes, and the record that they are. */
export interface DecodeLine extends Line {
  readonly encoding: EncodingName;
  readonly bytes_base64: string;
  /** For single objects: the schema that they were written with. */
  readonly schema?: EventySchema;
  /** Read by a strict reader. */
  readonly strict?: true;
  /** The record, as ProtoJSON of `eventy.v3.Record`. */
  readonly record?: JsonValue;
}

/** A record that is to be written. */
export interface EncodeLine extends Line {
  readonly encoding: Exclude<EncodingName, "any">;
  readonly record: JsonValue;
  /** For Avro. */
  readonly schema?: EventySchema;
  /** For Avro: the bytes of the datum, where the specification leaves no choice. */
  readonly datum_base64?: string;
  /** The record that the bytes hold, where it is not the one that was to be written. */
  readonly reads?: JsonValue;
}

/** What a service emits, as ProtoJSON of the messages of the testee protocol. */
export interface EmitLine extends Line {
  readonly service: string;
  readonly input?: JsonValue;
  readonly drafts: readonly JsonValue[];
  /** The records that come out, without the fields that differ each time. */
  readonly records?: readonly JsonValue[];
  /** Fields of the records, and parts of their contexts, that are a matter of other lines. */
  readonly except?: readonly string[];
}
