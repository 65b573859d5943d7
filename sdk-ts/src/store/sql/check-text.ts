import { EventyError } from "../../record/index.js";

/** No database keeps these in a text: some refuse them, some cut the text there, some change them. */
const UNFIT = /\0|[\ud800-\udfff]/u;

/**
 * @param what names the text in the error, such as `The key of a record`
 * @throws EventyError INVALID_ARGUMENT if the text could not be read again as it is
 */
export function checkText(what: string, text: string): void {
  if (UNFIT.test(text)) {
    throw new EventyError(
      "INVALID_ARGUMENT",
      `${what} has U+0000 or half a surrogate pair: ${JSON.stringify(text)}.`,
    );
  }
}
