import { RECORD_TYPES, type RecordType } from "../gen/constants.js";
import { RECORD_FIELDS, type RecordField, type Syntax } from "../gen/record-fields.js";
import { EventyError } from "./errors.js";
import { checkInstant } from "./instant.js";
import type { SealedFields } from "./record.js";
import type { Sealer } from "./seal.js";
import { canonicalUuid } from "./uuid.js";

const FIELDS_OF: { readonly [T in RecordType]: readonly RecordField[] } = {
  EVENT: RECORD_FIELDS.filter((field) => field.only === null),
  REQUEST: RECORD_FIELDS.filter((field) => field.only === null),
  RESPONSE: RECORD_FIELDS,
};

/** The fields that a record of the given type has, in the order of the JSON form. */
export function fieldsOf(type: RecordType): readonly RecordField[] {
  return FIELDS_OF[type];
}

/**
 * The type of a record.
 *
 * @throws EventyError INVALID_RECORD if it is none.
 */
export function checkType(type: unknown): RecordType {
  if (type === "EVENT" || type === "REQUEST" || type === "RESPONSE") return type;
  throw invalid("type", type === undefined ? "is missing" : `${quote(type)} is not one of ${RECORD_TYPES}`);
}

/**
 * The fields of a record by the rules for reading: in their written spelling and immutable.
 *
 * @throws EventyError INVALID_RECORD, LIMIT_EXCEEDED.
 */
export function checkFields(
  type: RecordType,
  sealer: Sealer,
  valueOfField: (field: RecordField) => unknown,
): SealedFields {
  const fields: { [name: string]: unknown } = {};
  for (const field of FIELDS_OF[type]) fields[field.name] = checkField(field, valueOfField(field), sealer);
  return fields as unknown as SealedFields;
}

function checkField(field: RecordField, value: unknown, sealer: Sealer): unknown {
  if (value === undefined) throw invalid(field.json, "is missing");
  if (value === null && field.nullable) return null;
  switch (field.kind) {
    case "type":
      return checkType(value);
    case "string":
      // Readers differ in the major versions that they accept, and have checked before.
      if (field.name === "protocolVersion") return value;
      return checkSyntax(field, field.syntax, checkText(field, value));
    case "uuid":
      return canonicalUuid(checkText(field, value), field.json);
    case "boolean":
      if (typeof value !== "boolean") throw invalid(field.json, `${quote(value)} is not true or false`);
      return value;
    case "int32":
      if (typeof value !== "number" || (value | 0) !== value) {
        throw invalid(field.json, `${quote(value)} is not a 32-bit integer`);
      }
      return value;
    case "instant":
      return checkInstant(value, field.name);
    case "context":
      return sealer.context(value, field.json);
    case "data":
      return sealer.map(value, field.json);
  }
}

/**
 * Refuses what a reader accepts and a creator may not write.
 *
 * @throws EventyError INVALID_RECORD.
 */
export function checkCreation(fields: SealedFields): void {
  for (const field of FIELDS_OF[fields.type]) {
    const value = (fields as unknown as { readonly [name: string]: unknown })[field.name];
    if (field.creationSyntax === null || value === null) continue;
    const texts = typeof value === "string" ? [value] : Object.keys(value as object);
    for (const text of texts) checkSyntax(field, field.creationSyntax, text);
  }
}

function checkText(field: RecordField, value: unknown): string {
  if (typeof value !== "string") throw invalid(field.json, `${quote(value)} is not a text`);
  if (!value.isWellFormed()) throw invalid(field.json, "the text has a lone surrogate");
  return value;
}

function checkSyntax(field: RecordField, syntax: Syntax | null, text: string): string {
  if (syntax === null || syntax.pattern.test(text)) return text;
  throw invalid(field.json, `${quote(text)} is not ${syntax.meaning}`);
}

function invalid(path: string, message: string): EventyError {
  return new EventyError("INVALID_RECORD", message, { path });
}

function quote(value: unknown): string {
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "a map";
  return typeof value === "string" ? JSON.stringify(value.slice(0, 100)) : String(value);
}
