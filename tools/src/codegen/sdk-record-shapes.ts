import { type FieldModel, fieldsOf, type RecordModel, type TypeModel } from "./model.js";
import { HEADER } from "./typescript.js";

/** How the fields of a record are named: by properties of programs, in JSON, or in Avro. */
type Naming = "name" | "json" | "avro";

const READER = `import { RECORD_FIELDS, type RecordField } from "./record-fields.js";
import type { Context, Data, EventFields, RequestFields, ResponseFields } from "./record-types.js";

/** The fields of a record of any type. */
export type AnyFields = EventFields | RequestFields | ResponseFields;

/** Fields as they come: by name, of any kind. */
export type LooseFields = { [name: string]: unknown };

/** Checks the value of a field by its kind, and gives it in its written spelling. */
export interface FieldReader {
  string(value: unknown, field: RecordField): string;
  uuid(value: unknown, field: RecordField): string;
  boolean(value: unknown, field: RecordField): boolean;
  int32(value: unknown, field: RecordField): number;
  /** An instant in milliseconds. */
  instant(value: unknown, field: RecordField): number;
  /** An instant in both forms of JSON and Avro. */
  instantInBothForms(timestamp: unknown, iso8601: unknown, field: RecordField): number;
  context(value: unknown, field: RecordField): Context;
  data(value: unknown, field: RecordField): Data;
}

function field(name: string): RecordField {
  const found = RECORD_FIELDS.find((candidate) => candidate.name === name);
  if (found === undefined) throw new RangeError(\`a record has no field \${name}\`);
  return found;
}
`;

/**
 * Generates the functions that read and write the fields of a record one by one.
 *
 * Spelled out rather than looped over: every record passes through here, and
 * engines are much faster with names that they know.
 */
export function recordShapesFile(model: RecordModel): string {
  const constants = model.fields
    .filter((field) => field.kind !== "type")
    .map((field) => `const ${constantOf(field)}: RecordField = field(${JSON.stringify(field.name)});`);
  return [
    `${HEADER}\nimport type { RecordType } from "./constants.js";`,
    `${READER}\n${constants.join("\n")}\n`,
    reader(model, "readProperties", "name", "by the names of its properties, the date in milliseconds"),
    reader(model, "readJsonShape", "json", "by their names in JSON"),
    reader(model, "readAvroShape", "avro", "by their names in Avro"),
    writer(model, "writeJsonShape", "json", "by their names in JSON and in the order there"),
    writer(model, "writeAvroShape", "avro", "by their names in Avro"),
    copier(model),
  ].join("\n");
}

function reader(model: RecordModel, name: string, naming: Naming, how: string): string {
  const members = (type: TypeModel): string[] =>
    fieldsOf(model, type).map((field) => readMember(field, naming));
  return [
    `/** The fields of a record of the given type, read ${how}. */`,
    `export function ${name}(type: RecordType, from: LooseFields, read: FieldReader): AnyFields {`,
    ...choice("type", model, members),
    "}\n",
  ].join("\n");
}

function writer(model: RecordModel, name: string, naming: Naming, how: string): string {
  const members = (type: TypeModel): string[] =>
    fieldsOf(model, type).flatMap((field) => writeMember(field, naming));
  return [
    `/** The fields of a record, ${how}. */`,
    `export function ${name}(record: AnyFields, iso8601: (instant: number) => string): LooseFields {`,
    ...choice("record.type", model, members),
    "}\n",
  ].join("\n");
}

function copier(model: RecordModel): string {
  const copy = (field: FieldModel): string => `to[${JSON.stringify(field.name)}] = fields.${field.name};`;
  return [
    "/** Copies the fields of a record to an object that has none. */",
    "export function copyShape(fields: AnyFields, to: LooseFields): void {",
    ...model.fields.map((field) =>
      field.only === null
        ? `  ${copy(field)}`
        : `  if (fields.type === ${JSON.stringify(field.only)}) ${copy(field)}`,
    ),
    "}\n",
  ].join("\n");
}

/** A literal for each set of fields: types that share their fields share it. */
function choice(type: string, model: RecordModel, members: (type: TypeModel) => string[]): string[] {
  const own = model.types.filter((candidate) => model.fields.some(({ only }) => only === candidate.text));
  const [common] = model.types.filter((candidate) => !own.includes(candidate));
  if (common === undefined) throw new Error("every type of records has fields of its own");
  const literal = (of: TypeModel): string[] => members(of).map((member) => `    ${member},`);
  return [
    ...own.flatMap((of) => [
      `  if (${type} === ${JSON.stringify(of.text)}) {`,
      "    return {",
      ...literal(of).map((line) => `  ${line}`),
      "    };",
      "  }",
    ]),
    "  return {",
    ...literal(common),
    "  };",
  ];
}

function readMember(field: FieldModel, naming: Naming): string {
  if (field.kind === "type") return "type";
  const value = `from[${JSON.stringify(field[naming])}]`;
  return `${field.name}: ${field.nullable ? `${value} === null ? null : ` : ""}${readCall(field, naming, value)}`;
}

function readCall(field: FieldModel, naming: Naming, value: string): string {
  const constant = constantOf(field);
  if (field.iso8601 === null || naming === "name") return `read.${field.kind}(${value}, ${constant})`;
  return `read.instantInBothForms(${value}, from[${JSON.stringify(field.iso8601)}], ${constant})`;
}

function writeMember(field: FieldModel, naming: Naming): string[] {
  const member = `${field[naming]}: record.${field.name}`;
  return field.iso8601 === null ? [member] : [member, `${field.iso8601}: iso8601(record.${field.name})`];
}

function constantOf(field: FieldModel): string {
  return field.proto.toUpperCase();
}
