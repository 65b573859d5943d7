export type { LoadFolderOptions, RegisterOptions } from "./avro-schemas.js";
export { AvroSchemas } from "./avro-schemas.js";
export { avroContainerCodec } from "./container-codec.js";
export type { ContainerOptions } from "./read-container.js";
export { readContainer } from "./read-container.js";
export type { Evsc } from "./schema/evsc.js";
export { avroSingleObjectCodec } from "./single-object-codec.js";
