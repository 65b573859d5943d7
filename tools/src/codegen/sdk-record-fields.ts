import type { FieldModel, RecordModel, SyntaxModel } from "./model.js";
import { HEADER, regExpLiteral } from "./typescript.js";

const TYPES = `import type { RecordType } from "./constants.js";

/** What a text looks like. */
export interface Syntax {
  readonly pattern: RegExp;
  /** The same in words, which follow "is not". */
  readonly meaning: string;
}

/** What the encodings and the validator need to know of one field of a record. */
export interface RecordField {
  /** Name of the property of a record. */
  readonly name: string;
  /** Name in JSON. */
  readonly json: string;
  /** Name in Avro. */
  readonly avro: string;
  /** How the field is read, checked and written. */
  readonly kind: "type" | "string" | "uuid" | "boolean" | "int32" | "instant" | "context" | "data";
  /** True when the field may be null. */
  readonly nullable: boolean;
  /** What the text is in every written record. */
  readonly syntax: Syntax | null;
  /** What the text, or each key of a context, is when a record is created. */
  readonly creationSyntax: Syntax | null;
  /** Name of the JSON and Avro field that repeats an instant in ISO 8601. */
  readonly iso8601: string | null;
  /** The only type of record that has the field; null: all have it. */
  readonly only: RecordType | null;
}
`;

/** Generates the table of a record's fields. */
export function recordFieldsFile(model: RecordModel): string {
  const table = [
    "/** The fields of a record, in the order of the JSON form. */",
    "export const RECORD_FIELDS: readonly RecordField[] = [",
    ...model.fields.map(row),
    "];\n",
  ];
  return [HEADER, TYPES, table.join("\n")].join("\n");
}

function row(field: FieldModel): string {
  const members = {
    name: JSON.stringify(field.name),
    json: JSON.stringify(field.json),
    avro: JSON.stringify(field.avro),
    kind: JSON.stringify(field.kind),
    nullable: field.nullable,
    syntax: syntaxLiteral(field.syntax),
    creationSyntax: syntaxLiteral(field.creationSyntax),
    iso8601: JSON.stringify(field.iso8601),
    only: JSON.stringify(field.only),
  };
  const lines = Object.entries(members).map(([key, value]) => `    ${key}: ${value},\n`);
  return `  {\n${lines.join("")}  },`;
}

function syntaxLiteral(syntax: SyntaxModel | null): string {
  if (syntax === null) return "null";
  return `{ pattern: ${regExpLiteral(syntax.pattern)}, meaning: ${JSON.stringify(syntax.meaning)} }`;
}
