import { isInteger, isSafeNumber, parse, stringify } from "lossless-json";
import { RECORD_FIELDS } from "../../../../sdk-ts/src/gen/record-fields.js";
import { validator } from "../schemas.js";
import type { WildRecord } from "./wild-record.js";

const validate = validator("json/record.schema.json");

/** What the JSON form means to a reader, or null if the JSON Schema refuses it. */
export function throughJson(record: WildRecord): WildRecord | null {
  const text = stringify(wireForm(record)) ?? "null";
  if (!validate(JSON.parse(text))) return null;
  const wire = parse(text, null, { parseNumber }) as WildRecord;
  const fields = RECORD_FIELDS.filter((field) => field.json in wire);
  return Object.fromEntries(fields.map((field) => [field.name, wire[field.json]]));
}

function wireForm(record: WildRecord): WildRecord {
  const members = RECORD_FIELDS.flatMap((field) => {
    const value = record[field.name];
    const own = [field.json, value] as const;
    return field.iso8601 === null ? [own] : [own, [field.iso8601, iso8601(value)] as const];
  });
  return Object.fromEntries(members.filter(([, value]) => value !== undefined));
}

/** The ISO 8601 form of an instant, and of what is none some other right text: one error is enough. */
export function iso8601(value: unknown): string {
  const instant = Number.isInteger(value) ? Number(value) : 0;
  return new Date(instant).toISOString().replace("Z", "+00:00");
}

function parseNumber(text: string): number | bigint {
  return isInteger(text) && !isSafeNumber(text) ? BigInt(text) : Number(text);
}
