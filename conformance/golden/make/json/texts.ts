import type { NeutralRecord } from "../../../src/oracle/index.js";
import { jsonFields } from "../../../src/oracle/json/encode.js";
import { recordOf } from "../base.js";
import { decodeLines } from "../decode-lines.js";

export type Changes = { readonly [name: string]: string | undefined };

/** Replaces fields of a record's JSON by other JSON texts, removes those that are undefined, adds new ones. */
export function jsonText(record: NeutralRecord, changes: Changes = {}): string {
  const fields = new Map<string, string | undefined>([...jsonFields(record), ...Object.entries(changes)]);
  const members = Array.from(fields).filter(([, json]) => json !== undefined);
  return `{${members.map(([name, json]) => `${JSON.stringify(name)}: ${json}`).join(", ")}}`;
}

export const { accept, refuse } = decodeLines("json");

/** The records whose texts are changed. */
export const EVENT = recordOf({ data: { order: 42 } });
export const RESPONSE = recordOf({ type: "RESPONSE", data: { order: 42 } });
export const PLAIN = jsonText(EVENT);

/** The event with other data. */
export function data(json: string): string {
  return jsonText(EVENT, { data: json });
}

/** The response with other fields. */
export function response(changes: Changes): string {
  return jsonText(RESPONSE, changes);
}
