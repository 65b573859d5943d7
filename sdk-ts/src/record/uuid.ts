import { EventyError } from "./errors.js";

const CANONICAL = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const DIGITS = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/;

/**
 * The canonical spelling of a UUID: lower case, with hyphens.
 *
 * Accepts what writers of protocol 3.4 left as their users gave it: upper case,
 * braces, the prefix `urn:uuid:`, hyphens missing or elsewhere.
 *
 * @throws EventyError INVALID_RECORD if the text is no UUID.
 */
export function canonicalUuid(text: string, path = ""): string {
  if (CANONICAL.test(text)) return text;
  const digits = text
    .toLowerCase()
    .replace(/^urn:uuid:/, "")
    .replace(/^\{(.*)\}$/, "$1")
    .replaceAll("-", "");
  const groups = DIGITS.exec(digits);
  if (groups === null) {
    throw new EventyError("INVALID_RECORD", `${JSON.stringify(text.slice(0, 100))} is not a UUID`, { path });
  }
  return groups.slice(1).join("-");
}
