import { type AvroField, avroEnvelope } from "./avro.js";
import type { RecordModel } from "./model.js";
import { HEADER, literal } from "./typescript.js";

const TYPES = `import type { RecordType } from "./constants.js";

/** An Avro type, as a schema spells it. */
export type AvroType = string | readonly AvroType[] | { readonly [key: string]: unknown };

/** One field of an Avro record schema. */
export interface AvroField {
  readonly name: string;
  readonly type: AvroType;
  readonly doc: string;
}
`;

/** Generates the Avro fields that surround the data of a record. */
export function avroEnvelopesFile(model: RecordModel): string {
  const envelopes = model.types.map(
    (type) => `  ${type.text}: [\n${avroEnvelope(model, type).map(row).join("")}  ],\n`,
  );
  const table = [
    "/** The Avro fields before `data`, by type of record. */\n",
    "export const AVRO_ENVELOPES: { readonly [T in RecordType]: readonly AvroField[] } = {\n",
    ...envelopes,
    "};\n",
  ];
  return [HEADER, TYPES, table.join("")].join("\n");
}

function row(field: AvroField): string {
  const members = Object.entries(field).map(([key, value]) => `      ${key}: ${literal(value)},\n`);
  return `    {\n${members.join("")}    },\n`;
}
