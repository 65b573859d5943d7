import type { DecodeLine } from "../../../src/cases/golden/line.js";
import { refuse, response } from "./texts.js";

/** URNs that are none. */
export function urns(): DecodeLine[] {
  return [
    ...["namespace", "source", "destination"].flatMap((field) =>
      ["orders", "URN:orders", "", " urn:orders"].map((urn, i) =>
        refuse(
          `bad-${field}-${i}`,
          `refuses ${JSON.stringify(urn)} as ${field}`,
          ["REC-010"],
          response({ [field]: JSON.stringify(urn) }),
          "INVALID_RECORD",
        ),
      ),
    ),
    refuse(
      "destination-dot",
      "refuses a full stop in destination",
      ["REC-011"],
      response({ destination: '"urn:a.b"' }),
      "INVALID_RECORD",
    ),
  ];
}
