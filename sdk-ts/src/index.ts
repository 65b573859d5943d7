/**
 * Everything of the SDK in one import. Each part is also an import of its own, such as `@eventy/sdk/record`
 * or `@eventy/sdk/codec/json`, for those who use only that.
 */
export * from "./codec/avro/index.js";
export * from "./codec/index.js";
export * from "./codec/json/index.js";
export * from "./codec/protobuf/index.js";
export * from "./context/index.js";
export * from "./processing/index.js";
export * from "./record/index.js";
export * from "./store/index.js";
export * from "./store/memory/index.js";
