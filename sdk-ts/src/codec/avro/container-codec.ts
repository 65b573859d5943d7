import { CONTENT_TYPES } from "../../gen/constants.js";
import { EventyError, type EventyRecord, writeWire } from "../../record/index.js";
import type { Codec } from "../codec.js";
import type { AvroSchemas } from "./avro-schemas.js";
import type { CompiledSchema } from "./compiled-schema.js";
import { containerHeader, writeContainer } from "./file/write-container.js";
import { beginsAsContainer, type ContainerOptions, readRecords } from "./read-container.js";
import { SchemaCache } from "./schema-cache.js";

/**
 * The encoding of a record as an Avro object container file, which holds its schema.
 *
 * Decodes what any version of the protocol wrote, without the schemas. To
 * encode, the schema of the record must be registered. A file has exactly one
 * record; read others with {@link readContainer}.
 */
export function avroContainerCodec(schemas: AvroSchemas, options: ContainerOptions = {}): Codec {
  const cache = new SchemaCache();
  const headers = new WeakMap<CompiledSchema, Uint8Array>();

  return {
    contentType: CONTENT_TYPES.avroContainer,

    encode(record: EventyRecord): Uint8Array {
      const schema = schemas.forRecord(record);
      const header = headers.get(schema) ?? containerHeader(schema.text);
      headers.set(schema, header);
      // The marker keeps blocks apart, and must be unlikely within them; there its digits are text.
      const sync = Buffer.from(record.uuid.replaceAll("-", ""), "hex");
      return writeContainer(header, sync, schema.write(writeWire(record, "avro")));
    },

    decode(bytes: Uint8Array, missingUuid?: () => string): EventyRecord {
      let only: EventyRecord | undefined;
      for (const record of readRecords(bytes, cache, options, missingUuid)) {
        if (only !== undefined) {
          throw new EventyError(
            "INVALID_RECORD",
            "the Avro file has more than one record; read it with readContainer",
          );
        }
        only = record;
      }
      if (only === undefined) throw new EventyError("INVALID_RECORD", "the Avro file has no record");
      return only;
    },

    recognises: beginsAsContainer,
  };
}
