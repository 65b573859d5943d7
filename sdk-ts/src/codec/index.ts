export type { Codec } from "./codec.js";
export type { DecodeOptions } from "./registry.js";
export { CodecRegistry } from "./registry.js";
