import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { configureTextEncoding } from "@bufbuild/protobuf/wire";
import { protobufCodec } from "@eventy/sdk/codec/protobuf";
import {
  createEvent,
  type Data,
  EventyError,
  type EventyRecord,
  PROTOCOL_VERSION,
  readRecord,
  type Value,
} from "@eventy/sdk/record";
import { type Record as NeutralRecord, RecordSchema } from "../../src/gen/proto/eventy/v3/record_pb.js";
import {
  EntrySchema,
  MapSchema,
  type Map as NeutralMap,
  type Value as NeutralValue,
} from "../../src/gen/proto/eventy/v3/value_pb.js";

const codec = protobufCodec();

// A level of nesting is three messages deep.
const RECURSION_LIMIT = 1000;

// Left to itself, the runtime drops a byte order mark at the beginning of a text.
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
configureTextEncoding({
  encodeUtf8: (text) => encoder.encode(text),
  decodeUtf8: (bytes) => decoder.decode(bytes),
  checkUtf8: (text) => text.isWellFormed(),
});

/** The SDK's form of a record as the suite sends it, of protocol 1 or 2 too, which Protobuf never had. */
export function fromNeutral(record: NeutralRecord | undefined): EventyRecord {
  if (record === undefined) throw new EventyError("INVALID_RECORD", "the command has no record");
  const { protocolVersion } = record;
  const current = codec.decode(toBinary(RecordSchema, { ...record, protocolVersion: PROTOCOL_VERSION }));
  return readRecord({ ...current, protocolVersion });
}

/** The suite's form of a record of the SDK. */
export function toNeutral(record: EventyRecord): NeutralRecord {
  const neutral = fromBinary(RecordSchema, codec.encode(record), { recursionLimit: RECURSION_LIMIT });
  // What was read of protocol 1 or 2 is written as protocol 3; the suite asks what was read.
  neutral.protocolVersion = record.protocolVersion;
  return neutral;
}

/** The SDK's form of values that come without a record. */
export function dataOf(values: NeutralMap | undefined): Data {
  if (values === undefined) return {};
  const bearer = toNeutral(createEvent({ namespace: "urn:testee", name: "Bearer" }));
  return fromNeutral(create(RecordSchema, { ...bearer, payload: { case: "data", value: values } })).data;
}

/** The SDK's form of a value that comes alone. */
export function fromNeutralValue(value: NeutralValue): Value {
  const entries = [create(EntrySchema, { key: "value", value })];
  return dataOf(create(MapSchema, { entries }))["value"] ?? null;
}

/** The suite's form of a value of the SDK. */
export function toNeutralValue(value: Value): NeutralValue | undefined {
  const { payload } = toNeutral(createEvent({ namespace: "urn:testee", name: "Bearer", data: { value } }));
  return payload.case === "data" ? payload.value.entries[0]?.value : undefined;
}
