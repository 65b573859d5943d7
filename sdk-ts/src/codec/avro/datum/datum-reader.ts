import type { Value } from "../../../record/index.js";
import type { BinaryReader } from "./binary-reader.js";

/** Reads one value of a schema. */
export type DatumReader = (reader: BinaryReader) => Value;
