import { create } from "@bufbuild/protobuf";
import { RecordType } from "../gen/proto/eventy/v3/options_pb.js";
import { RecordSchema } from "../gen/proto/eventy/v3/record_pb.js";
import { inferFields } from "../oracle/avro/infer.js";
import type { EventySchema, NeutralRecord } from "../oracle/index.js";
import { type PlainMap, toMap } from "../oracle/values.js";
import { askDecode, unwrap } from "./ask.js";
import { oracleEncode, type Written } from "./codecs.js";
import { mustEqual } from "./judge.js";
import type { Testee } from "./testee.js";

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

/** For Avro, a schema that a record can be written with. */
export function schemaIn(encoding: Written, record: NeutralRecord): EventySchema | undefined {
  if (!encoding.startsWith("avro")) return undefined;
  return {
    protocol_version: "3.5.0",
    namespace: record.namespace,
    name: record.name,
    type: RecordType[record.type],
    data_fields: inferFields(record),
  };
}

/**
 * Checks that a testee reads the plain record: who refuses everything refuses nothing in particular.
 *
 * @throws Failure if it does not.
 */
export async function mustReadPlain(testee: Testee, encoding: Written): Promise<void> {
  const record = plainRecord();
  const schema = schemaIn(encoding, record);
  const bytes = oracleEncode(encoding, record, schema);
  mustEqual(record, unwrap(await askDecode(testee, { encoding, bytes, schema }), "a plain record"));
}
