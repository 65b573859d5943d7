import { EventyError, type LooseFields, NestedError } from "../../record/index.js";
import { BinaryWriter } from "./datum/binary-writer.js";
import { compileReader } from "./datum/compile-reader.js";
import { compileWriter } from "./datum/compile-writer.js";
import type { DatumReader } from "./datum/datum-reader.js";
import type { DatumWriter } from "./datum/datum-writer.js";
import { fingerprint } from "./schema/fingerprint.js";
import { parseSchemaText } from "./schema/parse-schema.js";
import type { RecordSchema, Schema } from "./schema/schema.js";

/** A schema to decode with, registered or found in a file. */
export interface ReadingSchema {
  readonly schema: Schema;
  readonly read: DatumReader;
}

// Encoding is synchronous and runs no code of others, so one buffer serves all.
const WRITER = new BinaryWriter();

/** A schema of whole records, to encode and decode with. */
export class CompiledSchema implements ReadingSchema {
  /** The schema as JSON, for the header of a container file. */
  readonly text: string;
  readonly schema: RecordSchema;
  readonly fingerprint: bigint;
  readonly read: DatumReader;
  readonly #write: DatumWriter;

  /** @throws EventyError INVALID_SCHEMA, with the place in the schema. */
  constructor(json: unknown) {
    this.text = stringify(json);
    const schema = parseSchemaText(this.text);
    if (schema.type !== "record") {
      throw new EventyError(
        "INVALID_SCHEMA",
        `the Avro schema is not of a record but of type ${schema.type}`,
      );
    }
    this.schema = schema;
    this.fingerprint = fingerprint(schema);
    this.read = compileReader(schema);
    this.#write = compileWriter(schema);
  }

  /**
   * The bytes of a record's fields, in memory that the next call reuses.
   *
   * @throws EventyError UNENCODABLE, with the path.
   */
  write(fields: LooseFields): Uint8Array {
    WRITER.reset();
    try {
      this.#write(WRITER, fields);
    } catch (error) {
      throw NestedError.at("", error);
    }
    return WRITER.written();
  }
}

function stringify(json: unknown): string {
  try {
    return JSON.stringify(json) ?? "null";
  } catch (cause) {
    throw new EventyError("INVALID_SCHEMA", "the Avro schema cannot be written as JSON", { cause });
  }
}
