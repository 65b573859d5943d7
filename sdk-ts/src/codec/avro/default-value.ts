import { EventyError, pathOf, type Value } from "../../record/index.js";
import { fitsDouble, fitsFloat, fitsInt, fitsLong, isMap } from "./fits.js";
import { describeSchema, type RecordSchema, type Schema } from "./schema.js";

/**
 * The value that the default of a field means.
 *
 * A union's default may be of any branch. Bytes are a text with one character a
 * byte. Integers beyond 2^53 cannot be defaults: JSON readers round them.
 *
 * @throws EventyError INVALID_SCHEMA, with the path.
 */
export function defaultValue(schema: Schema, json: unknown, path: string): Value {
  switch (schema.type) {
    case "null":
      if (json === null) return null;
      break;
    case "boolean":
      if (typeof json === "boolean") return json;
      break;
    case "int":
      if (fitsInt(json)) return json;
      break;
    case "long":
      if (fitsLong(json)) return json;
      break;
    case "float":
      if (fitsFloat(json)) return json;
      break;
    case "double":
      if (fitsDouble(json)) return json;
      break;
    case "string":
      if (typeof json === "string" && json.isWellFormed()) return json;
      break;
    case "enum":
      if (typeof json === "string" && schema.symbols.includes(json)) return json;
      break;
    case "bytes":
      if (isBytes(json)) return Buffer.from(json, "latin1");
      break;
    case "fixed":
      if (isBytes(json) && json.length === schema.size) return Buffer.from(json, "latin1");
      break;
    case "array":
      if (Array.isArray(json)) {
        return json.map((item, index) => defaultValue(schema.items, item, pathOf(path, index)));
      }
      break;
    case "map":
      if (isMap(json))
        return mapMembers(json, (value, key) => defaultValue(schema.values, value, pathOf(path, key)));
      break;
    case "record":
      if (isMap(json)) return recordDefault(schema, json, path);
      break;
    case "union":
      for (const branch of schema.branches) {
        const value = attempt(() => defaultValue(branch, json, path));
        if (value !== undefined) return value;
      }
  }
  throw new EventyError("INVALID_SCHEMA", `the default is not a value of ${describeSchema(schema)}`, {
    path,
  });
}

function recordDefault(schema: RecordSchema, json: { readonly [key: string]: unknown }, path: string): Value {
  return Object.fromEntries(
    schema.fields.map((field): [string, Value] => {
      const own = Object.hasOwn(json, field.name) ? json[field.name] : field.fallback?.json;
      return [field.name, defaultValue(field.schema, own, pathOf(path, field.name))];
    }),
  );
}

function mapMembers(
  json: { readonly [key: string]: unknown },
  read: (value: unknown, key: string) => Value,
): Value {
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, read(value, key)]));
}

function isBytes(json: unknown): json is string {
  return typeof json === "string" && /^[\0-\xff]*$/.test(json);
}

function attempt(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof EventyError) return undefined;
    throw error;
  }
}
