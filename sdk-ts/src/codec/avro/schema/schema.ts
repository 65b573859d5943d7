/** A type of Avro without parts. */
export type PrimitiveType = "null" | "boolean" | "int" | "long" | "float" | "double" | "bytes" | "string";

export interface PrimitiveSchema {
  readonly type: PrimitiveType;
}

export interface FixedSchema {
  readonly type: "fixed";
  readonly fullName: string;
  readonly size: number;
}

export interface EnumSchema {
  readonly type: "enum";
  readonly fullName: string;
  readonly symbols: readonly string[];
}

export interface ArraySchema {
  readonly type: "array";
  readonly items: Schema;
}

export interface MapSchema {
  readonly type: "map";
  readonly values: Schema;
}

/** A union; without branches, it has no values. */
export interface UnionSchema {
  readonly type: "union";
  readonly branches: readonly Schema[];
}

export interface Field {
  readonly name: string;
  readonly schema: Schema;
}

/** A record; its fields may lead back to it. */
export interface RecordSchema {
  readonly type: "record";
  readonly fullName: string;
  readonly fields: readonly Field[];
}

/**
 * A parsed Avro schema. Logical types are their underlying types, and a
 * reference by name is the very object that has the name.
 */
export type Schema =
  | PrimitiveSchema
  | FixedSchema
  | EnumSchema
  | ArraySchema
  | MapSchema
  | UnionSchema
  | RecordSchema;

/** Namespace and last part of a full name. */
export function splitName(fullName: string): { readonly namespace: string; readonly name: string } {
  const dot = fullName.lastIndexOf(".");
  return { namespace: fullName.slice(0, Math.max(dot, 0)), name: fullName.slice(dot + 1) };
}

/** How messages name a schema. */
export function describeSchema(schema: Schema): string {
  switch (schema.type) {
    case "fixed":
    case "enum":
    case "record":
      return `${schema.type} ${schema.fullName}`;
    case "union":
      return `union of ${schema.branches.map(({ type }) => type).join(", ") || "nothing"}`;
    default:
      return schema.type;
  }
}
