import { stringValue } from "../../src/oracle/values.js";
import { editDatum } from "./avro.js";
import { editJson } from "./json.js";

/** Edits the fields of this name in JSON. */
export function editTexts(
  names: readonly string[],
  change: (text: string) => string,
): (bytes: Buffer) => Buffer {
  return editJson((fields) => {
    for (const name of names) if (typeof fields[name] === "string") fields[name] = change(fields[name]);
  });
}

/** Edits the fields of this name in Avro. */
export function editAvroTexts(
  names: readonly string[],
  change: (text: string) => string,
): (bytes: Buffer) => Buffer {
  return editDatum((fields) => {
    for (const name of names) {
      const value = fields.get(name);
      if (value?.kind.case === "string") fields.set(name, stringValue(change(value.kind.value)));
    }
  });
}
