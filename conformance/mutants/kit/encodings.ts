import type { EncodingName } from "../../src/cases/golden/line.js";
import { Encoding } from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";

/** The encodings in which a mutant is broken; `any` is where the reader recognises the encoding. */
export type Where = EncodingName | "every";

const NAMES: { readonly [encoding in Encoding]: EncodingName } = {
  [Encoding.UNSPECIFIED]: "any",
  [Encoding.JSON]: "json",
  [Encoding.AVRO]: "avro",
  [Encoding.AVRO_SINGLE_OBJECT]: "avro-single-object",
  [Encoding.PROTOBUF]: "protobuf",
};

/** Whether a mutant is broken in an encoding. */
export function isAt(where: Where, encoding: Encoding): boolean {
  return where === "every" || where === NAMES[encoding];
}
