import type { DecodeLine } from "../../../src/cases/golden/line.js";
import { badContainers } from "./bad-containers.js";
import { badData } from "./bad-data.js";
import { badEnvelopes } from "./bad-envelopes.js";
import { collections } from "./collections.js";
import { containers } from "./containers.js";
import { envelopes } from "./envelopes.js";
import { types } from "./types.js";

/** Decode cases of Avro container files alone. */
export function avroLines(): DecodeLine[] {
  return [
    ...containers(),
    ...types(),
    ...collections(),
    ...envelopes(),
    ...badContainers(),
    ...badData(),
    ...badEnvelopes(),
  ];
}
