import type { ReadingSchema } from "./compiled-schema.js";
import { compileReader } from "./datum/compile-reader.js";
import { parseSchemaText } from "./schema/parse-schema.js";

/** A service meets a few dozen schemas; more than this many are strangers' or hostile. */
const SIZE = 256;
/** Longer schemas are compiled each time. */
const LONGEST_TEXT = 65_536;

/** The schemas of container files by their text, the least recently used ones forgotten. */
export class SchemaCache {
  readonly #schemas = new Map<string, ReadingSchema>();

  /** @throws EventyError INVALID_SCHEMA. */
  get(text: string): ReadingSchema {
    const known = this.#schemas.get(text);
    if (known !== undefined) {
      this.#schemas.delete(text);
      this.#schemas.set(text, known);
      return known;
    }
    const schema = parseSchemaText(text);
    const compiled = { schema, read: compileReader(schema) };
    if (text.length <= LONGEST_TEXT) this.#add(text, compiled);
    return compiled;
  }

  #add(text: string, schema: ReadingSchema): void {
    this.#schemas.set(text, schema);
    if (this.#schemas.size <= SIZE) return;
    for (const oldest of this.#schemas.keys()) {
      this.#schemas.delete(oldest);
      return;
    }
  }
}
