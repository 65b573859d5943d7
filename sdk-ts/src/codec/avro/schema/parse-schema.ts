import { LIMITS } from "../../../gen/constants.js";
import { EventyError, pathOf } from "../../../record/index.js";
import { SchemaNames } from "./names.js";
import {
  type Field,
  type PrimitiveSchema,
  type PrimitiveType,
  type RecordSchema,
  type Schema,
  splitName,
} from "./schema.js";

type Json = { readonly [key: string]: unknown };

/** A place in a schema: what is read there, and in what surroundings. */
interface Place {
  readonly path: string;
  readonly namespace: string;
  readonly depth: number;
}

/** A level of a value takes up to four of its schema: field, type in an object, union, branch. */
const MAX_DEPTH = 4 * LIMITS.nesting;

const PRIMITIVES: ReadonlyMap<unknown, PrimitiveSchema> = new Map(
  (["null", "boolean", "int", "long", "float", "double", "bytes", "string"] satisfies PrimitiveType[]).map(
    (type) => [type, Object.freeze({ type })],
  ),
);

/**
 * The schema that a JSON text describes.
 *
 * Names of types are checked, names of fields and symbols may be any text; defaults mean nothing here.
 *
 * @throws EventyError INVALID_SCHEMA, with the place in the schema.
 */
export function parseSchemaText(text: string): Schema {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new EventyError("INVALID_SCHEMA", "the Avro schema is not JSON", { cause });
  }
  return parseSchema(json);
}

/**
 * The schema that a JSON value describes.
 *
 * @throws EventyError INVALID_SCHEMA, with the place in the schema.
 */
export function parseSchema(json: unknown): Schema {
  return new SchemaParser().parse(json, { path: "", namespace: "", depth: 0 });
}

class SchemaParser {
  readonly #names = new SchemaNames();

  parse(json: unknown, place: Place): Schema {
    if (place.depth > MAX_DEPTH) throw invalid("", "the Avro schema is nested too deeply");
    if (typeof json === "string") return this.#reference(json, place);
    if (Array.isArray(json)) return this.#union(json, place);
    if (typeof json === "object" && json !== null) return this.#definition(json as Json, place);
    throw invalid(place.path, `${JSON.stringify(json)} is not an Avro schema`);
  }

  #reference(name: string, place: Place): Schema {
    const schema = PRIMITIVES.get(name) ?? this.#names.find(name, place.namespace);
    if (schema !== undefined) return schema;
    throw invalid(place.path, `there is no type ${JSON.stringify(name)} before this place`);
  }

  #union(json: readonly unknown[], place: Place): Schema {
    const branches = json.map((branch, index) => this.parse(branch, inside(place, index)));
    const seen = new Set<string>();
    for (const [index, branch] of branches.entries()) {
      const identity = "fullName" in branch ? `.${branch.fullName}` : branch.type;
      if (identity === "union") throw invalid(pathOf(place.path, index), "a union is directly in a union");
      if (seen.has(identity)) throw invalid(pathOf(place.path, index), "a union has the same type twice");
      seen.add(identity);
    }
    return { type: "union", branches };
  }

  #definition(json: Json, place: Place): Schema {
    switch (json["type"]) {
      case "array":
        return { type: "array", items: this.parse(json["items"], inside(place, "items")) };
      case "map":
        return { type: "map", values: this.parse(json["values"], inside(place, "values")) };
      case "fixed":
        return this.#fixed(json, place);
      case "enum":
        return this.#enum(json, place);
      case "record":
      case "error":
        return this.#record(json, place);
      default:
        return this.parse(json["type"], inside(place, "type"));
    }
  }

  #fixed(json: Json, place: Place): Schema {
    const size = json["size"];
    if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) {
      throw invalid(pathOf(place.path, "size"), "the size of a fixed is not a count of bytes");
    }
    return this.#define({ type: "fixed", fullName: fullName(json, place), size }, place);
  }

  #enum(json: Json, place: Place): Schema {
    const path = pathOf(place.path, "symbols");
    const symbols = list(json["symbols"], path).map((symbol, index) => name(symbol, pathOf(path, index)));
    if (new Set(symbols).size !== symbols.length) throw invalid(path, "an enum has the same symbol twice");
    return this.#define({ type: "enum", fullName: fullName(json, place), symbols }, place);
  }

  #record(json: Json, place: Place): Schema {
    const fields: Field[] = [];
    const record: RecordSchema = { type: "record", fullName: fullName(json, place), fields };
    this.#define(record, place);
    const within = { ...inside(place, "fields"), namespace: splitName(record.fullName).namespace };
    const names = new Set<string>();
    for (const [index, field] of list(json["fields"], within.path).entries()) {
      const parsed = this.#field(field, inside(within, index));
      if (names.has(parsed.name))
        throw invalid(pathOf(within.path, index), "a record has the same field twice");
      names.add(parsed.name);
      fields.push(parsed);
    }
    return record;
  }

  #field(json: unknown, place: Place): Field {
    if (typeof json !== "object" || json === null || Array.isArray(json)) {
      throw invalid(place.path, "a field is an object with name and type");
    }
    const { name: given, type } = json as Json;
    return {
      name: name(given, pathOf(place.path, "name")),
      schema: this.parse(type, inside(place, "type")),
    };
  }

  #define<S extends Parameters<SchemaNames["add"]>[0]>(schema: S, place: Place): S {
    if (this.#names.add(schema)) return schema;
    throw invalid(place.path, `the type ${schema.fullName} is defined twice`);
  }
}

function fullName(json: Json, place: Place): string {
  const resolved = SchemaNames.resolve(json["name"], json["namespace"], place.namespace);
  if (resolved !== undefined) return resolved;
  throw invalid(place.path, `${JSON.stringify(json["name"])} is not a name, or its namespace is not one`);
}

function name(value: unknown, path: string): string {
  if (typeof value === "string" && value.isWellFormed()) return value;
  throw invalid(path, "is not a name");
}

function list(value: unknown, path: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw invalid(path, "is not a list");
}

function inside(place: Place, member: string | number): Place {
  return { ...place, path: pathOf(place.path, member), depth: place.depth + 1 };
}

function invalid(path: string, message: string): EventyError {
  return new EventyError("INVALID_SCHEMA", message, { path });
}
