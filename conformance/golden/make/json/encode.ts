import type { EncodeLine } from "../../../src/cases/golden/line.js";
import { recordOf } from "../base.js";
import { envelopes, line, refusals, v } from "../encode-lines.js";

/** Encode cases of JSON alone. */
export function jsonEncodeLines(): EncodeLine[] {
  const bytes = { refuse: { code: "UNENCODABLE", path: 'data.lines[1]["a b"]' } };
  return [
    ...refusals("json", () => ({})),
    ...envelopes("json"),
    line(
      "json",
      "bytes",
      "refuses to write bytes",
      ["COD-018", "REC-056"],
      recordOf({ data: { lines: [null, { "a b": new Uint8Array([1]) }] } }),
      bytes,
    ),
    line("json", "empty-bytes", "refuses to write empty bytes", ["COD-018"], v(new Uint8Array()), {
      refuse: { code: "UNENCODABLE", path: "data.v" },
    }),
  ];
}
