import type { DecodeLine } from "../../../src/cases/golden/line.js";
import { accept, EVENT, PLAIN, refuse } from "./texts.js";

/** What is recognised without being told its encoding. */
export function recognition(): DecodeLine[] {
  return [
    {
      ...accept("recognised", "recognises JSON by its first bytes", ["COD-008"], PLAIN, EVENT),
      encoding: "any",
    },
    {
      ...accept(
        "recognised-after-space",
        "recognises JSON behind white space",
        ["COD-008"],
        `\n\t ${PLAIN}`,
        EVENT,
      ),
      encoding: "any",
    },
    ...["", "[]", "\ufeff{}", "nonsense", "\u0000", "Ob"].map(
      (text, i): DecodeLine => ({
        ...refuse(
          `unrecognised-${i}`,
          `recognises no encoding in ${JSON.stringify(text)}`,
          ["COD-009"],
          text,
          "UNKNOWN_ENCODING",
        ),
        encoding: "any",
      }),
    ),
  ];
}
