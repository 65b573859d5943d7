import type { DecodeLine } from "../../../src/cases/golden/line.js";
import { data, PLAIN, refuse } from "./texts.js";

/** What JSON texts are not, or are in spite of their looks. */
const SYNTAX: readonly [id: string, title: string, text: string | Uint8Array][] = [
  ["empty", "no bytes", ""],
  ["white-space", "white space alone", " \n"],
  ["trailing-brace", "a second closing brace", `${PLAIN}}`],
  ["trailing-record", "a second record", `${PLAIN}\n${PLAIN}`],
  ["trailing-zero", "a trailing zero byte", `${PLAIN}\u0000`],
  ["bom", "a byte order mark", `\ufeff${PLAIN}`],
  ["utf-16", "UTF-16", Buffer.from(PLAIN, "utf16le")],
  ["nan", "NaN", data('{"v": NaN}')],
  ["infinity", "Infinity", data('{"v": Infinity}')],
  ["minus-infinity", "-Infinity", data('{"v": -Infinity}')],
  ["comment", "a comment", data('{"v": 1 /* one */}')],
  ["trailing-comma", "a trailing comma in an object", data('{"v": 1,}')],
  ["trailing-comma-list", "a trailing comma in a list", data('{"v": [1,]}')],
  ["leading-zero", "a leading zero", data('{"v": 01}')],
  ["minus-leading-zero", "a leading zero after a minus", data('{"v": -01}')],
  ["plus", "a number with a plus", data('{"v": +1}')],
  ["no-integer-part", "a number without an integer part", data('{"v": .5}')],
  ["no-fraction", "a number without digits after its point", data('{"v": 1.}')],
  ["no-exponent", "a number without digits in its exponent", data('{"v": 1e}')],
  ["hexadecimal", "a hexadecimal number", data('{"v": 0x1}')],
  ["single-quotes", "single quotes", data("{'v': 1}")],
  ["bare-key", "a key without quotes", data("{v: 1}")],
  ["capital-true", "True", data('{"v": True}')],
  ["control-character", "a control character in a string", data('{"v": "a\tb"}')],
  ["line-feed-in-string", "a line feed in a string", data('{"v": "a\nb"}')],
  ["bad-escape", "an unknown escape", data('{"v": "\\x41"}')],
  ["short-escape", "a short escape", data('{"v": "\\u004"}')],
  ["non-breaking-space", "white space that JSON does not have", `\u00a0${PLAIN}`],
];

const NOT_UTF8: readonly [id: string, title: string, bytes: readonly number[]][] = [
  ["lone-continuation", "a continuation byte alone", [0x80]],
  ["cut-sequence", "a sequence cut short", [0xe2, 0x82]],
  ["overlong", "an overlong form", [0xc0, 0xaf]],
  ["overlong-nul", "an overlong U+0000", [0xc0, 0x80]],
  ["surrogate", "an encoded surrogate", [0xed, 0xa0, 0x80]],
  ["surrogate-pair", "an encoded pair of surrogates", [0xed, 0xa0, 0xbd, 0xed, 0xba, 0x80]],
  ["beyond-unicode", "a code point above U+10FFFF", [0xf4, 0x90, 0x80, 0x80]],
  ["ff", "the byte FF", [0xff]],
];

/** Bytes that are no JSON, or no object. */
export function syntax(): DecodeLine[] {
  return [
    ...SYNTAX.map(([id, title, text]) =>
      refuse(`syntax-${id}`, `refuses ${title}`, syntaxRequirement(id), text, "MALFORMED"),
    ),
    ...NOT_UTF8.map(([id, title, inserted]) =>
      refuse(
        `utf-8-${id}`,
        `refuses ${title} in a string`,
        ["COD-004"],
        splice(data('{"v": "a@b"}'), "@", inserted),
        "MALFORMED",
      ),
    ),
    ...["null", "true", "5", '"text"', "[]", `[${PLAIN}]`].map((text, i) =>
      refuse(
        `not-object-${i}`,
        `refuses ${text.slice(0, 8)} as a record`,
        ["COD-020"],
        text,
        "INVALID_RECORD",
      ),
    ),
  ];
}

function syntaxRequirement(id: string): string[] {
  if (id === "empty" || id === "white-space") return ["COD-002"];
  return id.startsWith("trailing-") && !id.includes("comma") ? ["COD-003"] : ["COD-019"];
}

function splice(text: string, mark: string, inserted: readonly number[]): Uint8Array {
  const [before = "", after = ""] = text.split(mark);
  return Buffer.concat([Buffer.from(before), Buffer.from(inserted), Buffer.from(after)]);
}
