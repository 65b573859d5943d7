import type { BinaryWriter } from "./binary-writer.js";

/** Writes one value of a schema, or throws a `Misfit`. */
export type DatumWriter = (writer: BinaryWriter, value: unknown) => void;
