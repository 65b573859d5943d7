import type { DecodeLine } from "../../../src/cases/golden/line.js";
import { accept, data, EVENT, jsonText, PLAIN, refuse } from "./texts.js";

/** What a strict reader takes and refuses. */
export function strict(): DecodeLine[] {
  const texts: [string, string][] = [
    ["top", PLAIN.replace("{", '{"name": "Charge", ')],
    ["data", data('{"order": 1, "order": 2}')],
    ["deep", data('{"a": [{"b": 1, "b": 1}]}')],
    ["context", jsonText(EVENT, { context: '{"urn:a": {}, "urn:a": {}}' })],
    ["escaped", data('{"order": 1, "\\u006frder": 2}')],
    ["unknown", jsonText(EVENT, { extra: '{"a": 1, "a": 1}' })],
  ];
  return [
    {
      ...accept(
        "strict",
        "a strict reader takes a record without duplicates",
        ["COD-026"],
        data('{"a": {"b": 1}, "b": {"b": 1}}'),
        { data: { a: { b: 1 }, b: { b: 1 } } },
      ),
      strict: true,
    },
    ...texts.map(
      ([id, text]): DecodeLine => ({
        ...refuse(
          `strict-${id}`,
          `a strict reader refuses a duplicate key (${id})`,
          ["COD-026"],
          text,
          "MALFORMED",
        ),
        strict: true,
      }),
    ),
  ];
}
