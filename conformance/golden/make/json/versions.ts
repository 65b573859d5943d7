import type { DecodeLine } from "../../../src/cases/golden/line.js";
import { EVENT, jsonText, refuse, response } from "./texts.js";

const BAD_VERSIONS = [
  "",
  "1",
  "1.2",
  "v1.0.0",
  "01.0.0",
  "1.0.0-",
  "1.0.0-01",
  "1.0.0+",
  "1.0.0 ",
  "1.0.0.0",
  "-1.0.0",
];

/** Versions of records and of the protocol. */
export function versions(): DecodeLine[] {
  return [
    ...BAD_VERSIONS.map((version, i) =>
      refuse(
        `bad-version-${i}`,
        `refuses the version ${JSON.stringify(version)}`,
        ["REC-015"],
        jsonText(EVENT, { version: JSON.stringify(version) }),
        "INVALID_RECORD",
      ),
    ),
    ...["", "3", "3.4", "v3.0.0", "3.0.0.0"].map((version, i) =>
      refuse(
        `bad-protocol-version-${i}`,
        `refuses the protocol version ${JSON.stringify(version)}`,
        ["REC-015"],
        jsonText(EVENT, { protocol_version: JSON.stringify(version) }),
        "INVALID_RECORD",
      ),
    ),
    ...["0.1.0", "1.0.0", "2.9.9", "4.0.0", "4.0.0-alpha", "30.0.0"].map((version) =>
      refuse(
        `protocol-${version}`,
        `refuses protocol ${version}`,
        ["REC-017"],
        jsonText(EVENT, { protocol_version: JSON.stringify(version) }),
        "UNSUPPORTED_VERSION",
      ),
    ),
    refuse(
      "protocol-4-fields",
      "another major is unsupported whatever its fields are",
      ["REC-018"],
      '{"protocol_version": "4.0.0", "kind": 7}',
      "UNSUPPORTED_VERSION",
    ),
    refuse(
      "protocol-4-wrong-fields",
      "another major is unsupported whatever is wrong with its fields",
      ["REC-018"],
      response({ protocol_version: '"4.0.0"', uuid: "5", source: '"nobody"' }),
      "UNSUPPORTED_VERSION",
    ),
  ];
}
