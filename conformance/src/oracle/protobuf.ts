import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { configureTextEncoding } from "@bufbuild/protobuf/wire";
import { RecordSchema } from "../gen/proto/eventy/v3/record_pb.js";
import { orRefuse } from "./refusal.js";
import type { NeutralRecord } from "./wire-record.js";

// Each level of a value is three messages (Value, Map, Entry); the protocol allows 128 levels.
const RECURSION = 1000;

// The library's own decoder takes U+FEFF at the start of a text for a byte order mark, and drops it.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
configureTextEncoding({
  checkUtf8: (text) => text.isWellFormed(),
  decodeUtf8: (bytes) => decoder.decode(bytes),
  encodeUtf8: (text) => new TextEncoder().encode(text),
});

/** Decodes the Protobuf message, without a check of what it says. */
export function decodeProtobuf(bytes: Uint8Array): NeutralRecord {
  return orRefuse("not the Protobuf message", () =>
    fromBinary(RecordSchema, bytes, { recursionLimit: RECURSION }),
  );
}

/** Encodes a record as the Protobuf message. */
export function encodeProtobuf(record: NeutralRecord): Uint8Array {
  return toBinary(RecordSchema, record);
}
