import type { Schema } from "./schema.js";

/** The Parsing Canonical Form of a schema, as the Avro specification defines it. */
export function canonicalForm(schema: Schema): string {
  return write(schema, new Set());
}

function write(schema: Schema, defined: Set<string>): string {
  if ("fullName" in schema) {
    if (defined.has(schema.fullName)) return quote(schema.fullName);
    defined.add(schema.fullName);
  }
  switch (schema.type) {
    case "array":
      return `{"type":"array","items":${write(schema.items, defined)}}`;
    case "map":
      return `{"type":"map","values":${write(schema.values, defined)}}`;
    case "union":
      return `[${schema.branches.map((branch) => write(branch, defined)).join()}]`;
    case "fixed":
      return `{"name":${quote(schema.fullName)},"type":"fixed","size":${schema.size}}`;
    case "enum":
      return `{"name":${quote(schema.fullName)},"type":"enum","symbols":[${schema.symbols.map(quote).join()}]}`;
    case "record": {
      const fields = schema.fields.map(
        (field) => `{"name":${quote(field.name)},"type":${write(field.schema, defined)}}`,
      );
      return `{"name":${quote(schema.fullName)},"type":"record","fields":[${fields.join()}]}`;
    }
    default:
      return quote(schema.type);
  }
}

function quote(text: string): string {
  return JSON.stringify(text);
}
