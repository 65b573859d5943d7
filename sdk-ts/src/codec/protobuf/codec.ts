import { CONTENT_TYPES } from "../../gen/constants.js";
import { RecordSchema } from "../../gen/proto/eventy/v3/record_pb.js";
import { EventyError, type EventyRecord, readRecord, traits } from "../../record/index.js";
import type { Codec } from "../codec.js";
import { checkIntegers } from "./check-integers.js";
import { type MessageTypes, packMessage, unpackMessage } from "./message/pack.js";
import { readWireRecord } from "./read-record.js";
import { writeRecord } from "./write-record.js";

/** How a Protobuf codec treats data. */
export interface ProtobufCodecOptions {
  /**
   * Message types of data, by qualified name of the record (`urn:orders:OrderPlaced`). Default: none.
   *
   * Records of these names carry their data as that message, others as values by key.
   */
  readonly types?: MessageTypes;
}

/**
 * The Protobuf encoding: one message `eventy.v3.Record`.
 *
 * Data of a record whose message type is given has the fields of the message
 * by their names in the .proto file; see {@link MessageTypes}.
 */
export function protobufCodec(options: ProtobufCodecOptions = {}): Codec {
  const types = new Map(Object.entries(options.types ?? {}));
  return {
    contentType: CONTENT_TYPES.protobuf,
    encode(record) {
      const type = types.get(record.qualifiedName);
      const { hasWideNumbers } = traits(record);
      if (hasWideNumbers) checkIntegers(record.context, "context");
      if (type !== undefined) return writeRecord(record, packMessage(type, record.data));
      if (hasWideNumbers) checkIntegers(record.data, "data");
      return writeRecord(record, null);
    },
    decode(bytes) {
      try {
        return decode(bytes, types);
      } catch (error) {
        throw EventyError.from(error, "MALFORMED");
      }
    },
    recognises,
  };
}

function decode(bytes: Uint8Array, types: ReadonlyMap<string, MessageTypes[string]>): EventyRecord {
  const { fields, message } = readWireRecord(bytes);
  if (message === null) return readRecord(fields);
  const type = types.get(`${fields["namespace"]}:${fields["name"]}`);
  return readRecord({ ...fields, data: unpackMessage(type, message) });
}

// Writers put the field `type` first, and so its tag.
const FIRST_BYTE = RecordSchema.field.type.number << 3;

function recognises(bytes: Uint8Array): boolean {
  return bytes[0] === FIRST_BYTE;
}
