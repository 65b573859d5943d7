export type { LoadFolderOptions, RegisterOptions } from "./avro-schemas.js";
export { AvroSchemas } from "./avro-schemas.js";
export { avroContainerCodec } from "./container-codec.js";
export type { ContainerOptions } from "./container-reader.js";
export { readContainer } from "./container-reader.js";
export type { Evsc } from "./evsc.js";
export { avroSingleObjectCodec } from "./single-object-codec.js";
