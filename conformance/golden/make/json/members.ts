import type { DecodeLine } from "../../../src/cases/golden/line.js";
import { jsonFields } from "../../../src/oracle/json/encode.js";
import { accept, data, EVENT, jsonText, PLAIN } from "./texts.js";

/** Members of objects, and the texts of keys and strings. */
export function members(): DecodeLine[] {
  const reversed = `{${jsonFields(EVENT)
    .reverse()
    .map(([name, json]) => `"${name}":${json}`)
    .join()}}`;
  return [
    accept("member-order", "takes members in any order", ["COD-021"], reversed, EVENT),
    accept("white-space", "takes white space between tokens", ["COD-003"], spaced(), EVENT),
    accept(
      "unknown-fields",
      "ignores fields that it does not know",
      ["REC-006"],
      jsonText(EVENT, { shard: "7", "": "null", extra: '{"a": [1, {"b": null}]}', __proto: "{}" }),
      EVENT,
    ),
    accept(
      "unknown-proto",
      "ignores a field named __proto__",
      ["REC-006", "REC-053"],
      PLAIN.replace("{", '{"__proto__": {"name": "polluted"}, "constructor": 1, '),
      EVENT,
    ),
    accept(
      "duplicate-top",
      "the last of two top-level members counts",
      ["COD-024"],
      PLAIN.replace("{", '{"name": "First", "data": 5, '),
      EVENT,
    ),
    accept(
      "duplicate-data",
      "the last of two keys in data counts",
      ["COD-024"],
      data('{"order": 1, "x": {"a": 1, "a": [], "a": 2}, "order": 42}'),
      { data: { order: 42, x: { a: 2 } } },
    ),
    accept(
      "duplicate-equal",
      "two equal members are one",
      ["COD-024"],
      data('{"order": 42, "order": 42}'),
      EVENT,
    ),
    accept(
      "duplicate-escaped",
      "keys are compared after their escapes",
      ["COD-024"],
      data('{"order": 1, "\\u006frder": 42}'),
      EVENT,
    ),
    accept(
      "duplicate-proto",
      "the last __proto__ counts",
      ["COD-024", "REC-053"],
      data('{"__proto__": 1, "__proto__": {"a": 1}}'),
      { data: new Map([["__proto__", { a: 1 }]]) },
    ),
    accept(
      "duplicate-context",
      "the last of two parts of a context counts, unmerged",
      ["COD-024"],
      jsonText(EVENT, { context: '{"urn:a": {"x": 1}, "urn:a": {"y": 2}}' }),
      { data: { order: 42 }, context: { "urn:a": { y: 2 } } },
    ),
    accept(
      "escapes",
      "resolves every escape",
      ["REC-052"],
      data('{"v": "\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\u2028\\ud83d\\ude80\\uFFFF"}'),
      { data: { v: '"\\/\b\f\n\r\t\u0000\u2028\ud83d\ude80\uffff' } },
    ),
  ];
}

function spaced(): string {
  const members = jsonFields(EVENT).map(([name, json]) => `${JSON.stringify(name)}\t:\r\n ${json}`);
  return ` \r\n\t{ ${members.join(" ,\n")} } \n\n`;
}
