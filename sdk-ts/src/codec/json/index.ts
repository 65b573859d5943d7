export type { JsonCodecOptions } from "./codec.js";
export { jsonCodec } from "./codec.js";
