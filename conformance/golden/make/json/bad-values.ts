import type { DecodeLine } from "../../../src/cases/golden/line.js";
import { data, EVENT, jsonText, refuse } from "./texts.js";

/** Values that no record holds. */
export function badValues(): DecodeLine[] {
  return [
    ...["\\ud800", "\\udc00", "\\ude80\\ud83d", "a\\ud83d"].map((text, i) =>
      refuse(
        `surrogate-${i}`,
        `refuses a lone surrogate (${text}) in a string`,
        ["REC-051"],
        data(`{"v": ["${text}"]}`),
        "INVALID_RECORD",
      ),
    ),
    refuse(
      "surrogate-key",
      "refuses a lone surrogate in a key",
      ["REC-051"],
      data('{"v": {"\\ud800": 1}}'),
      "INVALID_RECORD",
    ),
    refuse(
      "surrogate-field",
      "refuses a lone surrogate in a field",
      ["REC-051"],
      jsonText(EVENT, { correlation_id: '"\\udc00"' }),
      "INVALID_RECORD",
    ),
    refuse(
      "surrogate-context",
      "refuses a lone surrogate in a key of the context",
      ["REC-051"],
      jsonText(EVENT, { context: '{"\\ud800": {}}' }),
      "INVALID_RECORD",
    ),
    ...["1e400", "-1e400", "1e99999"].map((literal, i) =>
      refuse(`infinite-${i}`, `refuses ${literal}`, ["REC-049"], data(`{"v": ${literal}}`), "INVALID_RECORD"),
    ),
    refuse(
      "infinite-context",
      "refuses 1e400 in a context",
      ["REC-049"],
      jsonText(EVENT, { context: '{"urn:a": {"v": 1e400}}' }),
      "INVALID_RECORD",
    ),
    ...unknownFields(),
    ...nesting(),
  ];
}

function unknownFields(): DecodeLine[] {
  const values: [string, string, string, string][] = [
    ["surrogate", "a lone surrogate", '"\\ud800"', "INVALID_RECORD"],
    ["infinite", "1e400", "[1e400]", "INVALID_RECORD"],
    ["nesting", "lists of 129 levels", `${"[".repeat(129)}${"]".repeat(129)}`, "LIMIT_EXCEEDED"],
  ];
  return values.map(([id, title, json, code]) =>
    refuse(
      `unknown-${id}`,
      `refuses an unknown field with ${title}`,
      ["REC-008"],
      jsonText(EVENT, { extra: json }),
      code,
    ),
  );
}

function nesting(): DecodeLine[] {
  const lists = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
  const maps = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
  const texts: [string, string][] = [
    ["lists", data(`{"v": ${lists(128)}}`)],
    ["maps", data(`{"v": ${maps(128)}}`)],
    ["context", jsonText(EVENT, { context: `{"urn:a": {"v": ${lists(128)}}}` })],
    ["far", data(`{"v": ${lists(5000)}}`)],
  ];
  return texts.map(([id, text]) =>
    refuse(`nesting-${id}`, `refuses more than 128 levels (${id})`, ["REC-058"], text, "LIMIT_EXCEEDED"),
  );
}
