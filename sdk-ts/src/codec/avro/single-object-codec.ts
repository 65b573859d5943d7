import { CONTENT_TYPES } from "../../gen/constants.js";
import { EventyError, type EventyRecord, writeWire } from "../../record/index.js";
import type { Codec } from "../codec.js";
import type { AvroSchemas } from "./avro-schemas.js";
import { readDatum } from "./datum/compile-reader.js";
import { toRecord } from "./to-record.js";

const MARKER = [0xc3, 0x01] as const;
/** The marker and the 64 bits of the fingerprint. */
const HEADER_SIZE = 10;

/**
 * The encoding of a record as an Avro single object: ten bytes that name the
 * schema, and the values.
 *
 * Readers must have the very schema that it was written with; register those of
 * earlier versions as `readOnly`.
 */
export function avroSingleObjectCodec(schemas: AvroSchemas): Codec {
  return {
    contentType: CONTENT_TYPES.avroSingleObject,

    encode(record: EventyRecord): Uint8Array {
      const schema = schemas.forRecord(record);
      const datum = schema.write(writeWire(record, "avro"));
      const bytes = new Uint8Array(HEADER_SIZE + datum.length);
      bytes.set(MARKER);
      new DataView(bytes.buffer).setBigUint64(MARKER.length, schema.fingerprint, true);
      bytes.set(datum, HEADER_SIZE);
      return bytes;
    },

    decode(bytes: Uint8Array): EventyRecord {
      if (!beginsAsSingleObject(bytes) || bytes.length < HEADER_SIZE) {
        throw new EventyError("MALFORMED", "the bytes do not begin as an Avro single object");
      }
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const { schema, read } = schemas.byFingerprint(view.getBigUint64(MARKER.length, true));
      return toRecord(schema, readDatum(read, bytes.subarray(HEADER_SIZE)));
    },

    recognises: beginsAsSingleObject,
  };
}

function beginsAsSingleObject(bytes: Uint8Array): boolean {
  return MARKER.every((byte, index) => bytes[index] === byte);
}
