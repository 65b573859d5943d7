import { RECORD_TYPES, type RecordType } from "../gen/constants.js";
import type { RecordField, Syntax } from "../gen/record-fields.js";
import type { FieldReader } from "../gen/record-shapes.js";
import type { Context, Data } from "../gen/record-types.js";
import { EventyError } from "./errors.js";
import { checkInstant, parseInstant } from "./instant.js";
import { type Ownership, Sealer, type Traits } from "./seal.js";
import { canonicalUuid } from "./uuid.js";

/**
 * Checks fields by the rules for reading. One instance serves one record.
 *
 * Every function throws an EventyError INVALID_RECORD with the path; those of
 * `context` and `data` also LIMIT_EXCEEDED.
 */
export class FieldChecks implements FieldReader {
  readonly #sealer: Sealer;

  constructor(ownership: Ownership) {
    this.#sealer = new Sealer(ownership);
  }

  /** What the values checked so far are like. */
  get traits(): Traits {
    const { hasBytes, hasWideNumbers } = this.#sealer;
    return { hasBytes, hasWideNumbers };
  }

  string(value: unknown, field: RecordField): string {
    const text = checkText(value, field);
    // Readers differ in the major versions that they accept, and check them before.
    return field.syntax === null || field.name === "protocolVersion"
      ? text
      : checkSyntax(text, field, field.syntax);
  }

  uuid(value: unknown, field: RecordField): string {
    return canonicalUuid(checkText(value, field), field.json);
  }

  boolean(value: unknown, field: RecordField): boolean {
    if (typeof value !== "boolean") throw notA(value, field, "true or false");
    return value;
  }

  int32(value: unknown, field: RecordField): number {
    if (typeof value !== "number" || (value | 0) !== value) throw notA(value, field, "a 32-bit integer");
    return value;
  }

  instant(value: unknown, field: RecordField): number {
    return checkInstant(value, field.name);
  }

  instantInBothForms(timestamp: unknown, iso8601: unknown, field: RecordField): number {
    if (!Number.isInteger(timestamp) && typeof timestamp !== "bigint")
      throw notA(timestamp, field, "an integer");
    const path = field.iso8601 ?? field.json;
    if (typeof iso8601 !== "string") throw notA(iso8601, field, "a text", path);
    return parseInstant(iso8601, path);
  }

  context(value: unknown, field: RecordField): Context {
    return this.#sealer.context(value, field.json);
  }

  data(value: unknown, field: RecordField): Data {
    return this.#sealer.map(value, field.json);
  }

  /** The values of fields that are not known, each a value of its own. */
  unknownFields(values: { [name: string]: unknown }): Data {
    return this.#sealer.unknownFields(values);
  }
}

/**
 * The type of a record.
 *
 * @throws EventyError INVALID_RECORD if it is none.
 */
export function checkType(type: unknown): RecordType {
  if (type === "EVENT" || type === "REQUEST" || type === "RESPONSE") return type;
  const problem =
    type === undefined ? "is missing" : `${quote(type)} is not one of ${RECORD_TYPES.join(", ")}`;
  throw new EventyError("INVALID_RECORD", problem, { path: "type" });
}

/**
 * The text, if it has the given syntax.
 *
 * @throws EventyError INVALID_RECORD otherwise.
 */
export function checkSyntax(text: string, field: RecordField, syntax: Syntax): string {
  if (syntax.pattern.test(text)) return text;
  throw notA(text, field, syntax.meaning);
}

function checkText(value: unknown, field: RecordField): string {
  if (typeof value !== "string") throw notA(value, field, "a text");
  if (!value.isWellFormed()) throw notA("a text with a lone surrogate", field, "Unicode");
  return value;
}

function notA(value: unknown, field: RecordField, expected: string, path: string = field.json): EventyError {
  const problem = value === undefined ? "is missing" : `${quote(value)} is not ${expected}`;
  return new EventyError("INVALID_RECORD", problem, { path });
}

function quote(value: unknown): string {
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "a map";
  return typeof value === "string" ? JSON.stringify(value.slice(0, 100)) : String(value);
}
