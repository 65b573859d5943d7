import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { RecordType } from "../../../src/gen/proto/eventy/v3/options_pb.js";
import { RecordSchema } from "../../../src/gen/proto/eventy/v3/record_pb.js";

export const UUID = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";

/** A valid event, as another implementation would make it. */
export const EVENT = {
  type: RecordType.EVENT,
  namespace: "urn:orders",
  name: "OrderPlaced",
  protocolVersion: "3.5.0",
  version: "1.0.0",
  source: "urn:orders",
  uuid: UUID,
  correlationId: "orders:PlaceOrder:x",
  date: 1_709_202_896_999n,
} satisfies MessageInitShape<typeof RecordSchema>;

/** The bytes that the Protobuf library makes of a record. */
export function bytesOf(init: MessageInitShape<typeof RecordSchema>): Uint8Array {
  return toBinary(RecordSchema, create(RecordSchema, init));
}

/** The bytes of a valid event, and then those of a length-delimited field. */
export function eventWithField(number: number, value: Uint8Array): Uint8Array {
  const field = new BinaryWriter().tag(number, WireType.LengthDelimited).bytes(value).finish();
  return Buffer.concat([bytesOf(EVENT), field]);
}
