import { type DescField, type FileRegistry, type JsonObject, ScalarType } from "@bufbuild/protobuf";
import { commentOf, found, optionOf } from "./descriptors.js";

/** How a field is read, checked and written. */
export type FieldKind = "type" | "string" | "uuid" | "boolean" | "int32" | "instant" | "context" | "data";

/** What texts of a field look like. */
export interface SyntaxModel {
  readonly pattern: string;
  readonly meaning: string;
}

/** One field of a record, with what every encoding needs to know of it. */
export interface FieldModel {
  /** Name of the property in programs. */
  readonly name: string;
  readonly json: string;
  readonly avro: string;
  readonly kind: FieldKind;
  readonly nullable: boolean;
  readonly syntax: SyntaxModel | null;
  readonly creationSyntax: SyntaxModel | null;
  /** Name of the JSON and Avro field that repeats an instant in ISO 8601. */
  readonly iso8601: string | null;
  /** The only type of record that has the field. */
  readonly only: string | null;
  /** Protobuf name of the field. */
  readonly proto: string;
  /** Protobuf name of the field that this one follows in Avro, where the orders differ. */
  readonly avroAfter: string | null;
  readonly avroNullLast: boolean;
  readonly comment: string;
}

/** One of the types of records. */
export interface TypeModel {
  /** Text of the type in JSON and Avro, such as `EVENT`. */
  readonly text: string;
  /** The same as a word in names, such as `Event`. */
  readonly word: string;
  readonly comment: string;
}

/** The record, as the .proto files define it. */
export interface RecordModel {
  readonly types: readonly TypeModel[];
  /** In the order of the JSON form. */
  readonly fields: readonly FieldModel[];
}

/** Reads the definition of the record. */
export function readModel(registry: FileRegistry): RecordModel {
  const record = found(registry.getMessage("eventy.v3.Record"), "eventy.v3.Record");
  // The two forms of the payload are one field outside Protobuf: `data`.
  const fields = record.fields.filter((field) => field.message?.typeName !== "google.protobuf.Any");
  return { types: readTypes(registry), fields: fields.map((field) => readField(registry, field)) };
}

/** The fields that records of one type have. */
export function fieldsOf(model: RecordModel, type: TypeModel): readonly FieldModel[] {
  return model.fields.filter((field) => field.only === null || field.only === type.text);
}

function readTypes(registry: FileRegistry): TypeModel[] {
  const types = found(registry.getEnum("eventy.v3.RecordType"), "eventy.v3.RecordType");
  return types.values
    .filter((value) => value.number !== 0)
    .map((value) => {
      const text = String(optionOf(registry, value, "eventy.v3.text"));
      return { text, word: `${text.charAt(0)}${text.slice(1).toLowerCase()}`, comment: commentOf(value) };
    });
}

function readField(registry: FileRegistry, field: DescField): FieldModel {
  const rules = optionOf(registry, field, "eventy.v3.field") as JsonObject;
  const { avroNullLast } = rules;
  const text = (key: string): string | null => (typeof rules[key] === "string" ? rules[key] : null);
  const json = text("wireName") ?? field.name;
  return {
    name: field.localName,
    json,
    avro: text("avroName") ?? json,
    kind: kindOf(field, text("form")),
    nullable: field.proto.proto3Optional,
    syntax: syntaxOf(rules["syntax"]),
    creationSyntax: syntaxOf(rules["creationSyntax"]),
    iso8601: text("iso8601"),
    only: text("only")?.replace("RECORD_TYPE_", "") ?? null,
    proto: field.name,
    avroAfter: text("avroAfter"),
    avroNullLast: avroNullLast === true,
    comment: commentOf(field),
  };
}

function syntaxOf(option: unknown): SyntaxModel | null {
  return option === undefined ? null : (option as SyntaxModel);
}

function kindOf(field: DescField, form: string | null): FieldKind {
  if (form === "FORM_UUID") return "uuid";
  if (form === "FORM_INSTANT") return "instant";
  if (field.enum?.typeName === "eventy.v3.RecordType") return "type";
  if (field.message?.typeName === "eventy.v3.ContextEntry") return "context";
  if (field.message?.typeName === "eventy.v3.Map") return "data";
  if (field.scalar === ScalarType.STRING) return "string";
  if (field.scalar === ScalarType.BOOL) return "boolean";
  if (field.scalar === ScalarType.SINT32) return "int32";
  throw new Error(
    `no encoding but Protobuf knows what ${field} is: teach tools/src/codegen/model.ts its kind`,
  );
}
