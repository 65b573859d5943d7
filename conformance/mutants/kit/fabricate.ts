import { create } from "@bufbuild/protobuf";
import { RecordType } from "../../src/gen/proto/eventy/v3/options_pb.js";
import type { ErrorCode } from "../../src/gen/proto/eventy/v3/protocol_pb.js";
import { RecordSchema } from "../../src/gen/proto/eventy/v3/record_pb.js";
import type { Repair } from "./reading.js";

/** Makes up a record where bytes are refused with one of some codes. */
export function fabricate(...codes: readonly ErrorCode[]): Repair {
  return (_, { code }) =>
    codes.includes(code)
      ? create(RecordSchema, {
          type: RecordType.EVENT,
          namespace: "urn:nothing",
          name: "Nothing",
          protocolVersion: "3.5.0",
          version: "1.0.0",
          source: "urn:nothing",
          uuid: "00000000-0000-0000-0000-000000000000",
        })
      : undefined;
}
