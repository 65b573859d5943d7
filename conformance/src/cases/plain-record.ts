import { create } from "@bufbuild/protobuf";
import { RecordType } from "../gen/proto/eventy/v3/options_pb.js";
import { RecordSchema } from "../gen/proto/eventy/v3/record_pb.js";
import type { EventySchema, NeutralRecord } from "../oracle/index.js";
import { type PlainMap, toMap } from "../oracle/values.js";

/** An event that any implementation takes, with this data. */
export function plainRecord(data: PlainMap = { order: 42 }): NeutralRecord {
  return create(RecordSchema, {
    type: RecordType.EVENT,
    namespace: "urn:payments",
    name: "Charge",
    protocolVersion: "3.5.0",
    version: "1.0.0",
    source: "urn:payments",
    uuid: "6ba7b810-9dad-41d1-80b4-00c04fd430c8",
    correlationId: "orders:PlaceOrder:q0r-7KTINXI",
    partitionKey: "42",
    date: 1709202896999n,
    payload: { case: "data", value: toMap(data) },
  });
}

/** The EVenty SChema of a record with these fields of data. */
export function schemaFor(
  record: NeutralRecord,
  dataFields: NonNullable<EventySchema["data_fields"]>,
): EventySchema {
  return {
    protocol_version: "3.5.0",
    namespace: record.namespace,
    name: record.name,
    type: RecordType[record.type],
    data_fields: dataFields,
  };
}
