import { isLosslessNumber, parse, stringify } from "lossless-json";

/** A JSON object, in which numbers keep their spelling. */
export type JsonObject = { [key: string]: unknown };

/** Edits the fields of a record in JSON. */
export function editJson(change: (fields: JsonObject) => void): (bytes: Buffer) => Buffer {
  return (bytes) => {
    const fields = fieldsOf(bytes);
    change(fields);
    return Buffer.from(stringify(fields) ?? "");
  };
}

/** Edits a record in JSON as text. */
export function editText(change: (text: string) => string): (bytes: Buffer) => Buffer {
  return (bytes) => Buffer.from(change(bytes.toString()));
}

/** The fields of a record in JSON. */
export function fieldsOf(bytes: Buffer): JsonObject {
  return parse(bytes.toString(), null, { onDuplicateKey: ({ newValue }) => newValue }) as JsonObject;
}

/** Puts null in place of lists and objects below a level; what is given is of level 0. */
export function pruneJson(json: unknown, levels: number): void {
  if (typeof json !== "object" || json === null || isLosslessNumber(json)) return;
  for (const [key, value] of Object.entries(json)) {
    if (typeof value !== "object" || value === null || isLosslessNumber(value)) continue;
    if (levels === 0) (json as JsonObject)[key] = null;
    else pruneJson(value, levels - 1);
  }
}
