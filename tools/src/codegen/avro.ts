import { type FieldModel, fieldsOf, type RecordModel, type TypeModel } from "./model.js";

/** An Avro type in a JSON schema. */
export type AvroType = string | readonly AvroType[] | { readonly [key: string]: unknown };

/** One field of an Avro record schema. */
export interface AvroField {
  readonly name: string;
  readonly type: AvroType;
  readonly doc: string;
}

// What eventy 3.4.0 allows as a context value, in its order.
const CONTEXT_VALUES = ["string", "double", "float", "long", "int", "boolean", "null"];

/** The fields before `data` in the Avro form of one type of record. */
export function avroEnvelope(model: RecordModel, type: TypeModel): AvroField[] {
  const fields = fieldsOf(model, type).filter((field) => field.kind !== "data");
  return inAvroOrder(fields).flatMap((field) => avroFields(field, type));
}

function inAvroOrder(fields: readonly FieldModel[]): FieldModel[] {
  const ordered = fields.filter((field) => field.avroAfter === null);
  for (const field of fields.filter((candidate) => candidate.avroAfter !== null)) {
    const before = ordered.findIndex((candidate) => candidate.proto === field.avroAfter);
    if (before < 0) throw new Error(`${field.proto} follows ${field.avroAfter} in Avro, which is no field`);
    ordered.splice(before + 1, 0, field);
  }
  return ordered;
}

function avroFields(field: FieldModel, type: TypeModel): AvroField[] {
  const doc = field.comment.replaceAll("\n", " ");
  const main = { name: field.avro, type: avroType(field, type), doc };
  if (field.iso8601 === null) return [main];
  return [main, { name: field.iso8601, type: "string", doc: `The same as ${field.avro}, in ISO 8601.` }];
}

function avroType(field: FieldModel, type: TypeModel): AvroType {
  const base = baseType(field, type);
  if (!field.nullable) return base;
  return field.avroNullLast ? [base, "null"] : ["null", base];
}

function baseType(field: FieldModel, type: TypeModel): AvroType {
  switch (field.kind) {
    case "type":
      return { type: "enum", name: "RecordType", symbols: [type.text] };
    case "string":
    case "uuid":
      return "string";
    case "boolean":
      return "boolean";
    case "int32":
      return "int";
    case "instant":
      return "long";
    case "context":
      return { type: "map", values: { type: "map", values: CONTEXT_VALUES } };
    case "data":
      throw new Error("the Avro type of data is its schema's");
  }
}
