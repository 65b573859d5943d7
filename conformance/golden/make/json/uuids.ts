import type { DecodeLine } from "../../../src/cases/golden/line.js";
import { accept, EVENT, jsonText, refuse, response } from "./texts.js";

const UUIDS: readonly [id: string, text: string][] = [
  ["upper-case", "6BA7B810-9DAD-41D1-80B4-00C04FD430C8"],
  ["no-hyphens", "6ba7b8109dad41d180b400c04fd430c8"],
  ["braces", "{6ba7b810-9dad-41d1-80b4-00c04fd430c8}"],
  ["urn", "urn:uuid:6ba7b810-9dad-41d1-80b4-00c04fd430c8"],
  ["urn-braces", "urn:uuid:{6BA7B810-9DAD-41D1-80B4-00C04FD430C8}"],
  ["urn-upper-case", "URN:UUID:6ba7b8109dad41d180b400c04fd430c8"],
  ["odd-hyphens", "6b-a7b8109dad-41d180b400c04fd430-c8"],
];

const BAD_UUIDS: readonly [id: string, text: string][] = [
  ["empty", ""],
  ["word", "nope"],
  ["31-digits", "6ba7b810-9dad-41d1-80b4-00c04fd430c"],
  ["33-digits", "6ba7b810-9dad-41d1-80b4-00c04fd430c80"],
  ["letter-g", "6ba7b810-9dad-41d1-80b4-00c04fd430cg"],
  ["space", " 6ba7b810-9dad-41d1-80b4-00c04fd430c8"],
  ["one-brace", "{6ba7b810-9dad-41d1-80b4-00c04fd430c8"],
  ["other-digits", "٦ba7b810-9dad-41d1-80b4-00c04fd430c8"],
  ["signed", "+6ba7b8109dad41d180b400c04fd430c"],
  ["underscores", "6ba7b810_9dad_41d1_80b4_00c04fd430c8"],
];

/** Texts of UUIDs. */
export function uuids(): DecodeLine[] {
  return [
    ...UUIDS.map(([id, text]) =>
      accept(
        `uuid-${id}`,
        `reads the uuid ${text}`,
        ["REC-022", "REC-023"],
        response({ uuid: JSON.stringify(text), request_uuid: JSON.stringify(text.replace(/6b/i, "f8")) }),
        { type: "RESPONSE", data: { order: 42 }, requestUuid: "f8a7b810-9dad-41d1-80b4-00c04fd430c8" },
      ),
    ),
    ...BAD_UUIDS.map(([id, text]) =>
      refuse(
        `bad-uuid-${id}`,
        `refuses the uuid ${JSON.stringify(text)}`,
        ["REC-024"],
        jsonText(EVENT, { uuid: JSON.stringify(text) }),
        "INVALID_RECORD",
      ),
    ),
    refuse(
      "bad-request-uuid",
      "refuses a request_uuid that is none",
      ["REC-024"],
      response({ request_uuid: '"zz"' }),
      "INVALID_RECORD",
    ),
  ];
}
