import { create, type JsonValue, toJson } from "@bufbuild/protobuf";
import { RecordType } from "../../src/gen/proto/eventy/v3/options_pb.js";
import { RecordSchema } from "../../src/gen/proto/eventy/v3/record_pb.js";
import type { EventySchema, NeutralRecord } from "../../src/oracle/index.js";
import { type PlainMap, toContext, toMap } from "../../src/oracle/values.js";

/** The fields of a golden record that are not as in the plain one. */
export interface Fields {
  readonly type?: "EVENT" | "REQUEST" | "RESPONSE";
  readonly namespace?: string;
  readonly name?: string;
  readonly protocolVersion?: string;
  readonly version?: string;
  readonly source?: string;
  readonly uuid?: string;
  readonly correlationId?: string;
  readonly partitionKey?: string | null;
  readonly date?: bigint;
  readonly destination?: string;
  readonly requestUuid?: string;
  readonly ok?: boolean;
  readonly errorCode?: number;
  readonly errorMessage?: string;
  readonly context?: { readonly [namespace: string]: PlainMap };
  readonly data?: PlainMap;
}

/** A plain record, but for the given fields. */
export function recordOf(fields: Fields = {}): NeutralRecord {
  const { type = "EVENT", partitionKey = "42", context = {}, data = {}, ...others } = fields;
  const response =
    type === "RESPONSE"
      ? { destination: "urn:orders", requestUuid: "f81d4fae-7dec-41d0-a765-00a0c91e6bf6", ok: true }
      : {};
  return create(RecordSchema, {
    type: RecordType[type],
    namespace: "urn:payments",
    name: "Charge",
    protocolVersion: "3.5.0",
    version: "1.0.0",
    source: "urn:payments",
    uuid: "6ba7b810-9dad-41d1-80b4-00c04fd430c8",
    correlationId: "orders:PlaceOrder:q0r-7KTINXI",
    date: 1709202896999n,
    ...response,
    ...others,
    ...(partitionKey === null ? {} : { partitionKey }),
    context: toContext(context),
    payload: { case: "data", value: toMap(data) },
  });
}

/** A record as golden files hold it. */
export function recordJson(record: NeutralRecord): JsonValue {
  return toJson(RecordSchema, record);
}

/** The schema of a record for Avro. */
export function schemaOf(
  record: NeutralRecord,
  dataFields: NonNullable<EventySchema["data_fields"]> = [],
): EventySchema {
  return {
    protocol_version: "3.5.0",
    namespace: record.namespace,
    name: record.name,
    type: RecordType[record.type],
    data_fields: dataFields,
  };
}

/** Bytes as golden files hold them. */
export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
