export { decodeAvro, decodeSingleObject } from "./avro/decode.js";
export { encodeAvro, encodeSingleObject } from "./avro/encode.js";
export type { EventySchema } from "./avro/schema.js";
export { canonicalProblem } from "./json/canonical.js";
export { decodeJson } from "./json/decode.js";
export { encodeJson } from "./json/encode.js";
export { decodeProtobuf, encodeProtobuf } from "./protobuf.js";
export { Refusal } from "./refusal.js";
export type { NeutralRecord } from "./wire-record.js";
