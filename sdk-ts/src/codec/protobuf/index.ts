export type { ProtobufCodecOptions } from "./codec.js";
export { protobufCodec } from "./codec.js";
export type { MessageTypes } from "./message/pack.js";
