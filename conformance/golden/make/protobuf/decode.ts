import type { DecodeLine } from "../../../src/cases/golden/line.js";
import { invalidRecords } from "./invalid-records.js";
import { invalidValues } from "./invalid-values.js";
import { malformed } from "./malformed.js";
import { valid } from "./valid.js";

/** Decode cases of Protobuf alone. */
export function protobufLines(): DecodeLine[] {
  return [...valid(), ...invalidRecords(), ...invalidValues(), ...malformed()];
}
