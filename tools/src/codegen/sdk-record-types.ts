import { type FieldKind, type FieldModel, fieldsOf, type RecordModel, type TypeModel } from "./model.js";
import { docComment, HEADER } from "./typescript.js";

const VALUES = `/** A value of a context or of data. Integers outside ±(2^53−1) are bigints. */
export type Value =
  | null
  | boolean
  | string
  | number
  | bigint
  | Uint8Array
  | readonly Value[]
  | { readonly [key: string]: Value };

/** Values by key. */
export type Data = { readonly [key: string]: Value };

/** What a record carries for the services that come after it, by URN. */
export type Context = { readonly [urn: string]: Data };
`;

const TYPE_OF_KIND: { readonly [kind in Exclude<FieldKind, "type">]: string } = {
  string: "string",
  uuid: "string",
  boolean: "boolean",
  int32: "number",
  instant: "number",
  context: "Context",
  data: "D",
};

/** Generates the interfaces of the three types of records, and of their JSON forms. */
export function recordTypesFile(model: RecordModel): string {
  const fields = model.types.map((type) => fieldsInterface(model, type));
  const jsons = model.types.map((type) => jsonInterface(model, type));
  return [HEADER, VALUES, ...fields, ...jsons].join("\n");
}

function fieldsInterface(model: RecordModel, type: TypeModel): string {
  const members = fieldsOf(model, type).map((field) => member(field, field.name, type));
  const comment = `The fields of ${article(type)}.`;
  return `${docComment(comment)}export interface ${type.word}Fields<D = Data> {\n${members.join("")}}\n`;
}

function jsonInterface(model: RecordModel, type: TypeModel): string {
  const members = fieldsOf(model, type).map((field) => member(field, field.json, type) + iso8601(field));
  const comment = `The JSON form of ${article(type)}.`;
  return `${docComment(comment)}export interface ${type.word}Json<D = Data> {\n${members.join("")}}\n`;
}

function member(field: FieldModel, name: string, type: TypeModel): string {
  const base = field.kind === "type" ? JSON.stringify(type.text) : TYPE_OF_KIND[field.kind];
  const union = field.nullable ? `${base} | null` : base;
  return `${docComment(field.comment, "  ")}  readonly ${name}: ${union};\n`;
}

function iso8601(field: FieldModel): string {
  if (field.iso8601 === null) return "";
  const comment = `The same as \`${field.json}\`, in ISO 8601.`;
  return `${docComment(comment, "  ")}  readonly ${field.iso8601}: string;\n`;
}

function article(type: TypeModel): string {
  const word = type.word.toLowerCase();
  return /^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`;
}
