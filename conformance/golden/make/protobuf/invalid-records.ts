import { create } from "@bufbuild/protobuf";
import { AnySchema } from "@bufbuild/protobuf/wkt";
import type { DecodeLine } from "../../../src/cases/golden/line.js";
import { RecordType } from "../../../src/gen/proto/eventy/v3/options_pb.js";
import type { NeutralRecord } from "../../../src/oracle/index.js";
import { altered, PLAIN, refuse } from "./messages.js";

/** Messages that are no record. */
export function invalidRecords(): DecodeLine[] {
  const event: [
    id: string,
    requirement: string,
    title: string,
    changes: Partial<NeutralRecord>,
    code?: string,
  ][] = [
    ["type-unset", "REC-004", "no type", { type: RecordType.UNSPECIFIED }],
    ["type-4", "REC-004", "an unknown type", { type: 4 as RecordType }],
    ["namespace-unset", "REC-010", "no namespace", { namespace: "" }],
    ["source-upper-case", "REC-010", "a source that begins with URN:", { source: "URN:a" }],
    ["version-unset", "REC-015", "no version", { version: "" }],
    ["version-short", "REC-015", "the version 1.2", { version: "1.2" }],
    ["protocol-version-unset", "REC-015", "no protocol version", { protocolVersion: "" }],
    ["protocol-2", "REC-017", "protocol 2.0.0", { protocolVersion: "2.0.0" }, "UNSUPPORTED_VERSION"],
    ["protocol-4", "REC-017", "protocol 4.0.0", { protocolVersion: "4.0.0" }, "UNSUPPORTED_VERSION"],
    [
      "protocol-4-fields",
      "REC-018",
      "protocol 4.0.0 whatever its fields are",
      { protocolVersion: "4.0.0", uuid: "nope", type: 9 as RecordType },
      "UNSUPPORTED_VERSION",
    ],
    ["uuid-unset", "REC-024", "no uuid", { uuid: "" }],
    ["uuid-word", "REC-024", "a uuid that is none", { uuid: "nope" }],
    ["date-early", "REC-040", "a date before year 1", { date: -62135596800001n }],
    ["date-late", "REC-040", "a date after year 9999", { date: 253402300800000n }],
    ["date-far", "REC-040", "the date -2^63", { date: -(2n ** 63n) }],
    ["event-destination", "REC-005", "an event with destination", { destination: "urn:a" }],
    ["event-request-uuid", "REC-005", "an event with request_uuid", { requestUuid: PLAIN.uuid }],
    ["event-ok", "REC-005", "an event with ok", { ok: true }],
    ["event-error-code", "REC-005", "an event with error_code", { errorCode: 0 }],
    ["event-error-message", "REC-005", "an event with error_message", { errorMessage: "" }],
    [
      "message",
      "COD-071",
      "a message of an unknown type",
      {
        payload: {
          case: "message",
          value: create(AnySchema, { typeUrl: "type.example.com/example.NoSuchType" }),
        },
      },
      "UNKNOWN_SCHEMA",
    ],
  ];
  const response: typeof event = [
    ["destination-unset", "REC-010", "no destination", { destination: "" }],
    ["destination-dot", "REC-011", "a full stop in destination", { destination: "urn:a.b" }],
    ["request-uuid-unset", "REC-024", "no request_uuid", { requestUuid: "" }],
  ];
  return [
    ...event.map(([id, requirement, title, changes, code = "INVALID_RECORD"]) =>
      refuse(id, `refuses ${title}`, [requirement], altered(changes), code),
    ),
    ...response.map(([id, requirement, title, changes, code = "INVALID_RECORD"]) =>
      refuse(id, `refuses ${title}`, [requirement], altered(changes, { type: "RESPONSE" }), code),
    ),
  ];
}
