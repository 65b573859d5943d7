import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { protobufCodec } from "@eventy/sdk/codec/protobuf";
import { createEvent, type Data, EventyError, type EventyRecord } from "@eventy/sdk/record";
import { type Record as NeutralRecord, RecordSchema } from "../../src/gen/proto/eventy/v3/record_pb.js";
import type { Map as NeutralMap } from "../../src/gen/proto/eventy/v3/value_pb.js";

const codec = protobufCodec();

/** The SDK's form of a record as the suite sends it. */
export function fromNeutral(record: NeutralRecord | undefined): EventyRecord {
  if (record === undefined) throw new EventyError("INVALID_RECORD", "the command has no record");
  return codec.decode(toBinary(RecordSchema, record));
}

/** The suite's form of a record of the SDK. */
export function toNeutral(record: EventyRecord): NeutralRecord {
  return fromBinary(RecordSchema, codec.encode(record), { recursionLimit: 1000 });
}

/** The SDK's form of values that come without a record. */
export function dataOf(values: NeutralMap | undefined): Data {
  if (values === undefined) return {};
  const bearer = toNeutral(createEvent({ namespace: "urn:testee", name: "Bearer" }));
  return fromNeutral(create(RecordSchema, { ...bearer, payload: { case: "data", value: values } })).data;
}
