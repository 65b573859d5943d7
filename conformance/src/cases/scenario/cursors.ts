import type { MessageInitShape } from "@bufbuild/protobuf";
import type { CursorSchema } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";

/** A cursor, as the protocol spells it. */
export type CursorInit = MessageInitShape<typeof CursorSchema>;

/** At the oldest record. */
export const BEGIN: CursorInit = { cursor: { case: "begin", value: {} } };

/** Behind the newest record. */
export const CURRENT: CursorInit = { cursor: { case: "current", value: {} } };

/** Behind what the group has acknowledged. */
export const ACKNOWLEDGED: CursorInit = { cursor: { case: "acknowledged", value: {} } };

/** At an offset. */
export function from(offset: number): CursorInit {
  return { cursor: { case: "offset", value: BigInt(offset) } };
}

/** At the first record that was appended at a time or later, in milliseconds. */
export function since(date: number): CursorInit {
  return { cursor: { case: "date", value: BigInt(date) } };
}
