import type { EncodeLine } from "../../../src/cases/golden/line.js";
import { envelopes, line, refusals, v } from "../encode-lines.js";

/** Encode cases of Protobuf alone. */
export function protobufEncodeLines(): EncodeLine[] {
  const path = 'context["urn:orders"].token';
  return [
    ...refusals("protobuf", () => ({})),
    ...envelopes("protobuf"),
    line(
      "protobuf",
      "context-bytes",
      "refuses to write bytes in a context",
      ["REC-055"],
      v(1, { context: { "urn:orders": { token: new Uint8Array([1]) } } }),
      {
        refuse: { code: "INVALID_RECORD", path },
      },
    ),
  ];
}
