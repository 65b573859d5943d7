import { AVRO_ENVELOPES } from "../../gen/avro-envelopes.js";
import { EventyError, type EventyRecord } from "../../record/index.js";
import { CompiledSchema } from "./compiled-schema.js";
import { avroNamespace, checkEvsc, type Evsc, evscToAvro } from "./schema/evsc.js";
import { filesIn, readSchemaFile } from "./schema/schema-files.js";

/** How a schema is registered. */
export interface RegisterOptions {
  /**
   * Only to decode single objects: an earlier version of a schema, which may be
   * registered besides the current one.
   *
   * @defaultValue false
   */
  readonly readOnly?: boolean;
}

/** How a folder of schemas is loaded. */
export interface LoadFolderOptions extends RegisterOptions {
  /** @defaultValue true */
  readonly recursive?: boolean;
}

/**
 * The Avro schemas of the records that a program writes.
 *
 * @example
 * const schemas = new AvroSchemas().loadFolder("schemas");
 * const codec = avroContainerCodec(schemas);
 */
export class AvroSchemas {
  readonly #byQualifiedName = new Map<string, CompiledSchema>();
  readonly #byAvroName = new Map<string, CompiledSchema>();
  readonly #byFingerprint = new Map<bigint, CompiledSchema>();

  /**
   * Adds a schema in the form of the protocol, an EVenty SChema.
   *
   * @throws EventyError INVALID_SCHEMA, with the place, also for a record that has a schema already.
   */
  register(evsc: Evsc, options: RegisterOptions = {}): this {
    const { namespace, name } = checkEvsc(evsc);
    const qualifiedName = `${namespace}:${name}`;
    const avroName = `${avroNamespace(namespace)}.${name}`;
    const taken = this.#byQualifiedName.has(qualifiedName) || this.#byAvroName.has(avroName);
    const schema = this.#add(() => compileEvsc(evsc), taken, qualifiedName, options);
    if (options.readOnly !== true) this.#byQualifiedName.set(qualifiedName, schema);
    return this;
  }

  /**
   * Adds an Avro schema of a whole record: the fields of the protocol, and `data`.
   *
   * It is the schema of the records whose namespace and name Avro spells as its own.
   *
   * @throws EventyError INVALID_SCHEMA, with the place, also for a record that has a schema already.
   */
  registerAvsc(avsc: unknown, options: RegisterOptions = {}): this {
    const compiled = new CompiledSchema(avsc);
    checkEnvelope(compiled);
    const { fullName } = compiled.schema;
    const taken =
      this.#byAvroName.has(fullName) ||
      [...this.#byQualifiedName.values()].some(({ schema }) => schema.fullName === fullName);
    const schema = this.#add(() => compiled, taken, fullName, options);
    if (options.readOnly !== true) this.#byAvroName.set(fullName, schema);
    return this;
  }

  /**
   * Adds the schema in a file: an EVenty SChema in `.yaml`, `.yml` or `.json`, an Avro schema in `.avsc`.
   *
   * @throws EventyError INVALID_SCHEMA, which names the file.
   */
  load(path: string, options: RegisterOptions = {}): this {
    try {
      const { form, content } = readSchemaFile(path);
      return form === "avsc" ? this.registerAvsc(content, options) : this.register(content as Evsc, options);
    } catch (cause) {
      const problem = cause instanceof Error ? cause.message : String(cause);
      throw new EventyError("INVALID_SCHEMA", `the schema file ${path} cannot be used: ${problem}`, {
        cause,
      });
    }
  }

  /**
   * Adds the schemas in the files of a folder whose names end in `.evsc.yaml`, `.evsc.yml`, `.json` or `.avsc`.
   *
   * Names that begin with a dot are passed over.
   *
   * @throws EventyError INVALID_SCHEMA, which names the file.
   */
  loadFolder(folder: string, options: LoadFolderOptions = {}): this {
    for (const path of filesIn(folder, options.recursive ?? true)) this.load(path, options);
    return this;
  }

  /**
   * The schema to encode a record with.
   *
   * @throws EventyError UNKNOWN_SCHEMA.
   */
  forRecord(record: EventyRecord): CompiledSchema {
    const schema =
      this.#byQualifiedName.get(record.qualifiedName) ??
      this.#byAvroName.get(`${avroNamespace(record.namespace)}.${record.name}`);
    if (schema !== undefined) return schema;
    throw new EventyError("UNKNOWN_SCHEMA", `no Avro schema is registered for ${record.qualifiedName}`);
  }

  /**
   * The schema with a fingerprint, to decode a single object with.
   *
   * @throws EventyError UNKNOWN_SCHEMA.
   */
  byFingerprint(fingerprint: bigint): CompiledSchema {
    const schema = this.#byFingerprint.get(fingerprint);
    if (schema !== undefined) return schema;
    const digits = fingerprint.toString(16).padStart(16, "0");
    throw new EventyError(
      "UNKNOWN_SCHEMA",
      `no registered Avro schema has the fingerprint 0x${digits}; register the schema of the writer`,
    );
  }

  #add(
    compile: () => CompiledSchema,
    taken: boolean,
    name: string,
    options: RegisterOptions,
  ): CompiledSchema {
    if (taken && options.readOnly !== true) {
      throw new EventyError("INVALID_SCHEMA", `a schema for ${name} is registered already`);
    }
    const schema = compile();
    // Schemas with one fingerprint decode the same.
    if (!this.#byFingerprint.has(schema.fingerprint)) this.#byFingerprint.set(schema.fingerprint, schema);
    return schema;
  }
}

/** Errors in the data fields name the place in the EVenty SChema. */
function compileEvsc(evsc: Evsc): CompiledSchema {
  try {
    return new CompiledSchema(evscToAvro(evsc));
  } catch (error) {
    if (!(error instanceof EventyError) || error.path === "") throw error;
    const path = error.path.replace(/^fields\[\d+\]\.type(\[1\])?\.fields/, "data_fields");
    throw new EventyError("INVALID_SCHEMA", error.message.slice(error.path.length + 2), {
      path,
      cause: error,
    });
  }
}

function checkEnvelope({ schema }: CompiledSchema): void {
  const names = new Set(schema.fields.map(({ name }) => name));
  const missing = [...AVRO_ENVELOPES.EVENT, { name: "data" }].find(({ name }) => !names.has(name));
  if (missing === undefined) return;
  throw new EventyError("INVALID_SCHEMA", `has no field ${missing.name}, which every record has`, {
    path: "fields",
  });
}
