import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { RecordSchema } from "../../src/gen/proto/eventy/v3/record_pb.js";
import type { NeutralRecord } from "../../src/oracle/index.js";

/** The message that bytes are, with none of the rules of a record. */
export function parseMessage(bytes: Uint8Array): NeutralRecord {
  return fromBinary(RecordSchema, bytes, { recursionLimit: 1000 });
}

/** Edits a record in Protobuf. */
export function editMessage(change: (record: NeutralRecord) => void): (bytes: Buffer) => Uint8Array {
  return (bytes) => {
    const record = parseMessage(bytes);
    change(record);
    return toBinary(RecordSchema, record);
  };
}
