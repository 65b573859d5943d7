import type { RecordType } from "../gen/constants.js";
import { RECORD_FIELDS, type RecordField } from "../gen/record-fields.js";
import type { AnyFields } from "../gen/record-shapes.js";
import { checkSyntax } from "./field-checks.js";

const COMMON = RECORD_FIELDS.filter((field) => field.only === null);

/** The fields that a record of the given type has. */
export function fieldsOf(type: RecordType): readonly RecordField[] {
  return type === "RESPONSE" ? RECORD_FIELDS : COMMON;
}

/**
 * Refuses what a reader accepts and a creator may not write.
 *
 * @throws EventyError INVALID_RECORD, with the path.
 */
export function checkCreation(fields: AnyFields): void {
  const values = fields as unknown as { readonly [name: string]: unknown };
  for (const field of fieldsOf(fields.type)) {
    const value = values[field.name];
    if (field.creationSyntax === null || value === null) continue;
    const texts = typeof value === "string" ? [value] : Object.keys(value as object);
    for (const text of texts) checkSyntax(text, field, field.creationSyntax);
  }
}
