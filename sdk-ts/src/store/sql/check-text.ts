import { EventyError } from "../../record/index.js";

/**
 * Refuses what no database keeps in a text: some refuse it too, some cut the text there, some change it.
 *
 * @param what names the text in the error, such as `The key of a record`
 * @throws EventyError INVALID_ARGUMENT if the text could not be read again as it is
 */
export function checkText(what: string, text: string): void {
  if (text.isWellFormed() && !text.includes("\0")) return;
  throw new EventyError(
    "INVALID_ARGUMENT",
    `${what} has U+0000 or half a surrogate pair: ${JSON.stringify(text)}.`,
  );
}
