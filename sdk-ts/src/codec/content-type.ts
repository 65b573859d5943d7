import { MIMEType } from "node:util";
import { EventyError } from "../record/index.js";

/** A content type in the spellings under which it is looked up. */
export interface ContentType {
  /** Type and subtype, in lower case. */
  readonly essence: string;
  /** The essence and the parameters, sorted by name. */
  readonly full: string;
}

/**
 * Reads a content type as RFC 9110 compares it: type, subtype and names of
 * parameters in any case, parameters in any order, values quoted or not.
 *
 * @throws EventyError UNKNOWN_ENCODING if the text is no content type.
 */
export function parseContentType(text: string): ContentType {
  let type: MIMEType;
  try {
    type = new MIMEType(text);
  } catch (cause) {
    throw new EventyError("UNKNOWN_ENCODING", `${JSON.stringify(text)} is not a content type`, { cause });
  }
  const parameters = Array.from(type.params, ([name, value]) => `;${name}=${JSON.stringify(value)}`);
  return { essence: type.essence, full: type.essence + parameters.sort().join("") };
}
