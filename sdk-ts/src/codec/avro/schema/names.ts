import type { EnumSchema, FixedSchema, RecordSchema } from "./schema.js";

type NamedSchema = EnumSchema | FixedSchema | RecordSchema;

const FULL_NAME = /^(?:[A-Za-z_][A-Za-z0-9_]*\.)*[A-Za-z_][A-Za-z0-9_]*$/;
const PRIMITIVES: readonly string[] = [
  "null",
  "boolean",
  "int",
  "long",
  "float",
  "double",
  "bytes",
  "string",
];

/** The named types of one schema, in the order of their definitions. */
export class SchemaNames {
  readonly #types = new Map<string, NamedSchema>();

  /** The full name that a definition gives its type; undefined if that is not a name. */
  static resolve(name: unknown, namespace: unknown, enclosing: string): string | undefined {
    if (typeof name !== "string") return undefined;
    const space = namespace === undefined || namespace === null ? enclosing : namespace;
    if (typeof space !== "string") return undefined;
    const fullName = name.includes(".") || space === "" ? name : `${space}.${name}`;
    return FULL_NAME.test(fullName) && !PRIMITIVES.includes(fullName) ? fullName : undefined;
  }

  /** Adds a type; false if its name is taken. */
  add(type: NamedSchema): boolean {
    if (this.#types.has(type.fullName)) return false;
    this.#types.set(type.fullName, type);
    return true;
  }

  /** The type that a reference means: one of the enclosing namespace, else one without namespace. */
  find(reference: string, enclosing: string): NamedSchema | undefined {
    if (reference.includes(".") || enclosing === "") return this.#types.get(reference);
    return this.#types.get(`${enclosing}.${reference}`) ?? this.#types.get(reference);
  }
}
