import type { EmitLine } from "../../../src/cases/golden/line.js";
import { type Context, caused, draft, handling, input, output, refuse, SERVICE } from "./emissions.js";

/** How many bytes a context may have. */
export function size(): EmitLine[] {
  const limit = "LIMIT_EXCEEDED";
  const texts: [string, string][] = [
    ["escaped", '"\\\b\t\n\f\r'],
    ["control", "\u0000\u001f"],
    ["unescaped", "\u007f\u2028/\u00e9"],
    ["emoji", "\ud83d\ude80"],
  ];
  const numbers = { a: 1e21, b: 5e-324, c: 2n ** 63n - 1n, d: -0.5, e: 123456789.125, f: 1e-7 };
  const padded = (bytes: number) => ({
    [SERVICE]: {
      ...numbers,
      pad: "x".repeat(
        bytes -
          Buffer.byteLength(
            '{"urn:orders":{"a":1e+21,"b":5e-324,"c":9223372036854775807,"d":-0.5,"e":123456789.125,"f":1e-7,"pad":""}}',
          ),
      ),
    },
  });
  return [
    handling(
      "limit-bytes",
      "8192 bytes are carried",
      ["CTX-029", "CTX-031"],
      input(sized(8192)),
      [draft()],
      [output({ context: { ...sized(8192), ...caused(1) } })],
    ),
    handling(
      "limit-bytes-own",
      "an own part of 8192 bytes is carried",
      ["CTX-029"],
      input(),
      [draft(sized(8192, SERVICE))],
      [output({ context: { ...sized(8192, SERVICE), ...caused(1) } })],
    ),
    refuse(
      "limit-bytes-8193",
      "8193 bytes on emission",
      ["CTX-026", "CTX-030", "CTX-031"],
      input(),
      [draft(sized(8193, SERVICE))],
      limit,
    ),
    refuse(
      "limit-bytes-root",
      "8193 bytes of a root",
      ["CTX-026", "CTX-030"],
      undefined,
      [draft(sized(8193, SERVICE))],
      limit,
    ),
    refuse(
      "arrival-bytes-8193",
      "8193 bytes on arrival",
      ["CTX-028", "CTX-030"],
      input(sized(8193)),
      [],
      limit,
    ),
    ...texts.flatMap(([id, text]) => [
      handling(
        `limit-text-${id}`,
        `8192 bytes are counted as compact JSON (${id})`,
        ["CTX-029"],
        input(sized(8192, "urn:shop", text)),
        [draft()],
        [output({ context: { ...sized(8192, "urn:shop", text), ...caused(1) } })],
      ),
      refuse(
        `limit-text-${id}-8193`,
        `8193 bytes, counted as compact JSON (${id})`,
        ["CTX-026", "CTX-028"],
        input(sized(8193, "urn:shop", text)),
        [draft()],
        limit,
      ),
    ]),
    handling(
      "limit-numbers",
      "8192 bytes with numbers are carried",
      ["CTX-029"],
      input(),
      [draft(padded(8192))],
      [output({ context: { ...padded(8192), ...caused(1) } })],
    ),
    refuse(
      "limit-numbers-8193",
      "8193 bytes with numbers",
      ["CTX-026"],
      input(),
      [draft(padded(8193))],
      limit,
    ),
  ];
}

/** A context of one part of exactly this size as compact JSON. */
function sized(bytes: number, namespace = "urn:shop", text = ""): Context {
  const empty = Buffer.byteLength(JSON.stringify({ [namespace]: { v: text } }));
  return { [namespace]: { v: text + "x".repeat(bytes - empty) } };
}
